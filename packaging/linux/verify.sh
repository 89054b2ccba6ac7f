#!/bin/bash
# Proves the packages of target/packages on this machine, as root: installs the .deb with apt, uses it, upgrades it, removes it;
# unpacks the .rpm and the .tar.gz and uses those. Leaves the machine as it was. Refuses to run where Rollcall is installed.
#
#   packaging/linux/verify.sh
set -euo pipefail
cd "$(dirname "$0")/../.."

version=$(sed -n 's|^  <version>\(.*\)</version>$|\1|p' pom.xml)
packages=$PWD/target/packages
deb=$(ls "$packages"/rollcall_"$version"_*.deb)
tarball=$(ls "$packages"/rollcall-"$version"-linux-*.tar.gz)
rpm=$(ls "$packages"/rollcall-"$version"-*.rpm 2>/dev/null || true)
[ "$(id -u)" = 0 ] || { echo "verify.sh: run it as root, on a machine that may be changed" >&2; exit 2; }
if [ -e /opt/rollcall ] || [ -e /var/lib/rollcall ]; then
    echo "verify.sh: Rollcall is or was installed here; nothing was done" >&2
    exit 2
fi

work=$(mktemp -d)
chmod 755 "$work"
# No other Java, no settings of whoever runs this, and somebody else's home.
export HOME=$work/home ROLLCALL_PASSWORD="a pass phrase for this test" PATH=/usr/sbin:/usr/bin:/sbin:/bin
unset JAVA_HOME ROLLCALL_JAVA_HOME ROLLCALL_HOME JAVA_TOOL_OPTIONS XDG_DATA_HOME XDG_CACHE_HOME XDG_CONFIG_HOME DISPLAY WAYLAND_DISPLAY
mkdir "$HOME"

count=0
said() { count=$((count + 1)) && printf 'ok %d - %s\n' "$count" "$1"; }
fail() { printf 'not ok - %s\n' "$1" >&2 && exit 1; }
# expect WORDS COMMAND...: what the command prints holds the words, and nothing warns.
expect() {
    local words=$1 out
    shift
    out=$("$@" 2>&1) || fail "$* ended with $?: $out"
    case $out in *"$words"*) ;; *) fail "$* did not say '$words' but: $out" ;; esac
    ! grep -q -i -E 'warning|exception' <<<"$out" || fail "$* warns: $out"
}

clean() {
    [ -z "${window:-}" ] || kill "$window" 2>/dev/null || true
    [ -z "${screen:-}" ] || kill "$screen" 2>/dev/null || true
    if dpkg-query -W rollcall >/dev/null 2>&1; then
        DEBIAN_FRONTEND=noninteractive apt-get purge -y -q rollcall >/dev/null 2>&1 </dev/null || true
    fi
    rm -rf /var/lib/rollcall "$work"
    ! getent passwd rollcall >/dev/null || userdel rollcall 2>/dev/null || true
}
trap clean EXIT

# opens PROGRAM HOME: the window comes up under Xvfb, says nothing, and ends when told to.
opens() {
    local number=97 title
    Xvfb ":$number" -screen 0 1400x900x24 >/dev/null 2>&1 &
    screen=$!
    DISPLAY=:$number "$1" --home "$2" >"$work/window.log" 2>&1 &
    window=$!
    title=
    for _ in $(seq 120); do
        title=$(DISPLAY=:$number xwininfo -root -tree 2>/dev/null | grep '"Rollcall"' || true)
        [ -z "$title" ] || break
        kill -0 "$window" 2>/dev/null || fail "the window ended: $(cat "$work/window.log")"
        sleep 0.5
    done
    [ -n "$title" ] || fail "no window came up: $(cat "$work/window.log")"
    kill "$window"
    wait "$window" 2>/dev/null || true
    window=
    kill "$screen"
    wait "$screen" 2>/dev/null || true
    screen=
    [ ! -s "$work/window.log" ] || fail "the window warns: $(cat "$work/window.log")"
}

# uses PROGRAM FOLDER: the program at work, its data in the folder.
uses() {
    expect "Rollcall $version" "$1" --version
    expect "Made the data folder" "$1" init --admin ada --home "$2"
    expect "1 of 1 person" "$1" users list --home "$2" --user ada
}

# archived BIN HOME: the program takes its classes from the archive. The script keeps the virtual machine from saying so.
archived() {
    local count
    rm -f "$work/loaded.log"
    sed "s|-Xlog:disable -Xlog:all[^ ]*|-Xlog:class+load=info:file=$work/loaded.log|" "$1/rollcall" >"$1/telling"
    sh "$1/telling" users list --home "$2" --user ada >/dev/null
    rm "$1/telling"
    count=$(grep -c 'shared objects file' "$work/loaded.log" || true)
    [ "$count" -gt 3000 ] || fail "the archive of classes was not used in $1: $count classes"
}

find / -xdev \( -path "$work" -o -path /proc -o -path /tmp -o -path "$packages" -o -path /var/log -o -path /var/cache -o -path /var/lib/apt \
    -o -path /var/lib/dpkg \) -prune -o -print 2>/dev/null | LC_ALL=C sort >"$work/before"

# An older build to upgrade from.
dpkg-deb -R "$deb" "$work/older"
sed -i 's/^Version: .*/Version: 0.0.1/' "$work/older/DEBIAN/control"
dpkg-deb --root-owner-group -Zgzip -z1 -b "$work/older" "$work/older.deb" >/dev/null
rm -rf "$work/older"
chmod 644 "$work/older.deb"
apt-get install -y -q --no-install-recommends "$work/older.deb" >"$work/apt.log" 2>&1 </dev/null || fail "$(cat "$work/apt.log")"
said "an older build installs"
uses /usr/bin/rollcall "$work/home/data"
runuser -u rollcall -- env ROLLCALL_PASSWORD="$ROLLCALL_PASSWORD" rollcall init --admin grace --home /var/lib/rollcall >/dev/null
said "it works, for a person and for the service's account"

apt-get install -y -q --no-install-recommends "$deb" >"$work/apt.log" 2>&1 </dev/null || fail "$(cat "$work/apt.log")"
[ "$(dpkg-query -W -f '${Version}' rollcall)" = "$version" ] || fail "it was not upgraded"
expect "1 of 1 person" rollcall users list --home "$work/home/data" --user ada
[ -f /var/lib/rollcall/rollcall.properties ] || fail "the service's data went"
said "an upgrade keeps the data of people and of the service"

! command -v java >/dev/null 2>&1 || echo "# another Java is on the path; Rollcall does not use it"
rollcall demo --headless >"$work/demo.log" 2>&1 || fail "$(tail -5 "$work/demo.log")"
! grep -i -E 'warning|exception' "$work/demo.log" || fail "the demonstration warns"
said "the demonstration runs without a display"
opens /usr/bin/rollcall "$work/home/data"
said "the window opens under Xvfb without a warning"
[ ! -e "$work/home/.openjfx" ] || fail "JavaFX unpacked its libraries into the home"
# Exit code 2: nothing is done without a display but to say so.
code=0
rollcall --home "$work/home/data" >"$work/none.log" 2>&1 || code=$?
[ "$code" = 2 ] && [ "$(wc -l <"$work/none.log")" = 1 ] || fail "without a display: $code, $(cat "$work/none.log")"
said "without a display it says so in one line"

for shell in bash zsh fish; do
    case $shell in
        bash) file=/usr/share/bash-completion/completions/rollcall ;;
        zsh) file=/usr/share/zsh/vendor-completions/_rollcall ;;
        fish) file=/usr/share/fish/vendor_completions.d/rollcall.fish ;;
    esac
    [ -s "$file" ] || fail "no completion for $shell"
    ! command -v "$shell" >/dev/null || "$shell" -n "$file" || fail "$shell does not understand $file"
done
for page in /usr/share/man/man1/rollcall*.1.gz; do
    [ -n "$(zcat "$page" | head -c 1)" ] || fail "$page is empty"
    ! command -v man >/dev/null || [ -z "$(LC_ALL=C.UTF-8 MANROFFSEQ='' man --warnings -E UTF-8 -l -Tutf8 -Z "$page" 2>&1 >/dev/null)" ] \
        || fail "man complains about $page"
done
said "completion and manual pages are there and well formed"
! command -v desktop-file-validate >/dev/null || desktop-file-validate /usr/share/applications/org.rollcall.Rollcall.desktop
! command -v appstreamcli >/dev/null ||
    appstreamcli validate --no-net /usr/share/metainfo/org.rollcall.Rollcall.metainfo.xml >/dev/null || fail "metainfo"
said "desktop entry and metainfo are valid"
if command -v systemd-analyze >/dev/null; then
    out=$(SYSTEMD_LOG_LEVEL=warning systemd-analyze verify --man=no /usr/lib/systemd/system/rollcall.service 2>&1 | grep -i rollcall || true)
    [ -z "$out" ] || fail "the unit: $out"
    out=$(SYSTEMD_LOG_LEVEL=warning systemd-analyze verify --man=no --user /usr/lib/systemd/user/rollcall.service 2>&1 | grep -i rollcall || true)
    [ -z "$out" ] || fail "the unit of a person: $out"
    said "systemd-analyze verify accepts both units"
fi
# As the unit starts it, but without systemd: it must say that it is ready and end within its time.
runuser -u rollcall -- env ROLLCALL_HOME=/var/lib/rollcall /opt/rollcall/bin/rollcall service --json >"$work/service.log" 2>&1 &
service=$!
for _ in $(seq 120); do
    ! grep -q '"ready"' "$work/service.log" || break
    sleep 0.5
done
grep -q '"ready"' "$work/service.log" || fail "the service is not ready: $(cat "$work/service.log")"
pkill -TERM -P "$service" 2>/dev/null || kill "$service"
for _ in $(seq 40); do
    kill -0 "$service" 2>/dev/null || break
    sleep 0.5
done
! kill -0 "$service" 2>/dev/null || fail "the service does not stop"
grep -q '"stopping"' "$work/service.log" || fail "the service did not end in order: $(cat "$work/service.log")"
said "the service starts and stops as the account of the package"

# Archives of classes: broken in every way, all is as before.
for archive in command window; do
    file=/opt/rollcall/lib/app/$archive.aot
    cp -p "$file" "$work/kept.aot"
    for how in missing empty truncated foreign unreadable; do
        case $how in
            missing) rm "$file" ;;
            empty) : >"$file" ;;
            truncated) head -c 5000000 "$work/kept.aot" >"$file" ;;
            foreign) head -c 70000000 /dev/urandom >"$file" ;;
            unreadable) rm -f "$file" && mkdir "$file" ;;
        esac
        if [ "$archive" = command ]; then
            expect "1 of 1 person" rollcall users list --home "$work/home/data" --user ada
        elif [ "$how" = truncated ] || [ "$how" = missing ]; then
            opens /usr/bin/rollcall "$work/home/data"
        fi
        rm -rf "$file"
    done
    cp -p "$work/kept.aot" "$file"
done
touch -d '2001-01-01' /opt/rollcall/lib/app/h2-*.jar
expect "1 of 1 person" rollcall users list --home "$work/home/data" --user ada
said "an archive of classes that is missing, broken or of other jars changes nothing"

DEBIAN_FRONTEND=noninteractive apt-get remove -y -q rollcall >"$work/apt.log" 2>&1 </dev/null || fail "$(cat "$work/apt.log")"
[ -f /var/lib/rollcall/rollcall.properties ] && [ -f "$work/home/data/rollcall.properties" ] || fail "a removal took data"
[ ! -e /opt/rollcall ] && [ ! -e /usr/bin/rollcall ] || fail "a removal left the program"
said "a removal leaves the data"
DEBIAN_FRONTEND=noninteractive apt-get purge -y -q rollcall >"$work/apt.log" 2>&1 </dev/null || fail "$(cat "$work/apt.log")"
[ -f /var/lib/rollcall/rollcall.properties ] || fail "a purge that asked nobody took data"
said "a purge that cannot ask leaves the data"
rm -rf /var/lib/rollcall
! getent passwd rollcall >/dev/null || userdel rollcall
apt-get install -y -q --no-install-recommends "$deb" >"$work/apt.log" 2>&1 </dev/null || fail "$(cat "$work/apt.log")"
runuser -u rollcall -- env ROLLCALL_PASSWORD="$ROLLCALL_PASSWORD" rollcall init --admin grace --home /var/lib/rollcall >/dev/null
if command -v script >/dev/null; then
    dpkg --remove rollcall >/dev/null 2>&1
    printf 'y\n' | env -u DEBIAN_FRONTEND script -q -e -c 'dpkg --purge rollcall' /dev/null >"$work/apt.log" 2>&1 || fail "$(cat "$work/apt.log")"
    grep -q 'Delete all data' "$work/apt.log" || fail "a purge did not ask: $(cat "$work/apt.log")"
    [ ! -e /var/lib/rollcall ] || fail "a purge with a yes left the data"
    said "a purge on a terminal asks, and deletes after a yes"
else
    DEBIAN_FRONTEND=noninteractive apt-get purge -y -q rollcall >/dev/null 2>&1 </dev/null && rm -rf /var/lib/rollcall
fi
find / -xdev \( -path "$work" -o -path /proc -o -path /tmp -o -path "$packages" -o -path /var/log -o -path /var/cache -o -path /var/lib/apt \
    -o -path /var/lib/dpkg \) -prune -o -print 2>/dev/null | LC_ALL=C sort >"$work/after"
left=$(comm -13 "$work/before" "$work/after" | grep -i -E 'rollcall' || true)
[ -z "$left" ] || fail "left behind: $left"
said "nothing of it is left outside of the data folder"

# The other two, run from where they are unpacked, in a folder with blanks and umlauts.
place="$work/Programme für  Prüfung ßé"
mkdir -p "$place"
tar -C "$place" -xzf "$tarball"
uses "$place/rollcall-$version/bin/rollcall" "$place/Daten von Jörg $(printf 'x%.0s' $(seq 150))"
ln -s "$place/rollcall-$version/bin/rollcall" "$work/linked"
expect "Rollcall $version" "$work/linked" --version
opens "$place/rollcall-$version/bin/rollcall" "$place/Daten von Jörg $(printf 'x%.0s' $(seq 150))"
"$place/rollcall-$version/bin/rollcall" demo --headless >"$work/demo.log" 2>&1 || fail "$(tail -5 "$work/demo.log")"
# The archive fits wherever the folder is.
archived "$place/rollcall-$version/bin" "$HOME/data"
said "the .tar.gz works from a path with blanks and umlauts, archives included"
if [ -n "$rpm" ] && command -v rpm2cpio >/dev/null && command -v cpio >/dev/null; then
    rpm -qpl "$rpm" >"$work/rpm.list"
    for file in /usr/bin/rollcall /usr/lib/systemd/system/rollcall.service /usr/share/man/man1/rollcall.1.gz \
        /usr/share/metainfo/org.rollcall.Rollcall.metainfo.xml /opt/rollcall/lib/app/command.aot; do
        grep -q -x "$file" "$work/rpm.list" || fail "the .rpm lacks $file"
    done
    ! grep -v -E '^/(opt/rollcall|usr/(bin|share|lib/(systemd|sysusers\.d|tmpfiles\.d)))(/|$)' "$work/rpm.list" || fail "the .rpm owns more"
    rpm -qp --scripts "$rpm" >"$work/scripts"
    grep -q systemd-sysusers "$work/scripts" || fail "the .rpm makes no account"
    mkdir "$work/rpm"
    (cd "$work/rpm" && rpm2cpio "$rpm" | cpio -idm --quiet)
    uses "$work/rpm/opt/rollcall/bin/rollcall" "$work/home/rpm"
    archived "$work/rpm/opt/rollcall/bin" "$work/home/rpm"
    said "the .rpm holds what it should, and what it holds works"
fi
echo "1..$count"
