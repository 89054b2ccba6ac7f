#!/bin/sh
# Makes the packages for Linux in target/packages: .deb, .rpm where rpmbuild is, and .tar.gz. Needs a JDK 25 with jlink and jpackage,
# dpkg-deb, and Xvfb (xvfb-run) for the archive of the window's classes.
#
#   packaging/linux/build.sh [--quick] [--no-maven]
#
# --quick compresses little; --no-maven takes target/rollcall as it is.
set -eu
cd "$(dirname "$0")/../.."

compression="-Zxz -z9"
payload=w12.zstdio
maven=yes
for word in "$@"; do
    case $word in
        --quick) compression="-Zgzip -z1" && payload=w1.gzdio ;;
        --no-maven) maven= ;;
        *) sed -n '2,8p' "$0" >&2 && exit 2 ;;
    esac
done

fail() {
    printf 'build.sh: %s\n' "$1" >&2
    exit 1
}

jdk=
for each in "${JAVA_HOME:-}" /usr/lib/jvm/* /opt/java/* /opt/jdk*; do
    if [ -z "$jdk" ] && [ -x "$each/bin/jpackage" ] && grep -q '^JAVA_VERSION="25' "$each/release" 2>/dev/null; then
        jdk=$each
    fi
done
[ -n "$jdk" ] || fail "no JDK 25 with jpackage was found; say where with JAVA_HOME"
export JAVA_HOME="$jdk"
PATH=$jdk/bin:$PATH

[ -z "$maven" ] || mvn -B -q package -DskipTests
[ -f target/rollcall/lib/rollcall.jar ] || fail "target/rollcall is missing; run mvn package -DskipTests"
version=$(sed -n 's|^  <version>\(.*\)</version>$|\1|p' pom.xml)
javafx=$(sed -n 's|^ *<javafx.version>\(.*\)</javafx.version>$|\1|p' pom.xml)
case $(uname -m) in
    x86_64) deb_arch=amd64 rpm_arch=x86_64 ;;
    aarch64) deb_arch=arm64 rpm_arch=aarch64 ;;
    *) fail "no packages for $(uname -m)" ;;
esac

work=target/package-work
packages=target/packages
rm -rf "$work"
mkdir -p "$work" "$packages"
work=$(CDPATH='' cd "$work" && pwd)
packages=$(CDPATH='' cd "$packages" && pwd)

# JavaFX as modules with their native libraries apart, so that they are files of the runtime and nothing is unpacked at a start.
echo "Runtime image"
for module in base graphics controls; do
    jar=$(ls target/rollcall/lib/javafx-$module-"$javafx"-linux*.jar)
    mkdir -p "$work/javafx/$module/classes" "$work/javafx/$module/lib" "$work/jmods"
    jar=$(CDPATH='' cd "$(dirname "$jar")" && pwd)/$(basename "$jar")
    (cd "$work/javafx/$module/classes" && jar xf "$jar" && rm -f javafx-swt.jar && find . -name '*.so' -exec mv {} ../lib/ \;)
    jmod create --class-path "$work/javafx/$module/classes" --libs "$work/javafx/$module/lib" --module-version "$javafx" \
        "$work/jmods/javafx.$module.jmod"
done
jlink --module-path "$work/jmods" @packaging/image/modules.args --output "$work/runtime"
rm -f "$work/runtime/bin/jwebserver"

echo "Jars"
java -XX:+UseSerialGC packaging/image/PackageJars.java target/rollcall/lib "$work/jars"

echo "Image"
jpackage --type app-image @packaging/image/jpackage.args --app-version "$version" --input "$work/jars" \
    --runtime-image "$work/runtime" --icon icons/icon-256.png --dest "$work/image"
image=$work/image/rollcall
java packaging/image/Launchers.java "$image/lib/app"
# The launchers that Windows gets, with the same options. Here the script takes their place: it chooses by command.
"$image/bin/rollcall" --version
rm -rf "$image/bin" "$image/lib/libapplauncher.so" "$image/lib/app"/*.cfg "$image/lib/app/.jpackage.xml" \
    "$image/lib"/*.png
mkdir "$image/bin"
cp packaging/bin/rollcall "$image/bin/rollcall"
chmod 755 "$image/bin/rollcall"
cp LICENSE "$image/LICENSE"

# Archives of classes: a training run each, in which the option that reads an archive is the one that writes down what it needs. They
# are made with G1, since others cannot archive objects, and read by any collector. Without profiles of methods: with them the window
# compiles much of itself in full at once, and shows later.
echo "Archives of classes"
training=$work/training
mkdir -p "$training"
export ROLLCALL_PASSWORD="a pass phrase for the training only"
export XDG_DATA_HOME="$training/data" XDG_CACHE_HOME="$training/cache"
unset DISPLAY WAYLAND_DISPLAY ROLLCALL_HOME JAVA_TOOL_OPTIONS || true
train() {
    sed "s|\"-XX:AOTCache=[^\"]*\"|$1|" packaging/bin/rollcall >"$image/bin/training"
    chmod 755 "$image/bin/training"
    shift
    JAVA_TOOL_OPTIONS="-XX:+UseG1GC -XX:+UnlockDiagnosticVMOptions -XX:-AOTRecordTraining" "$@" 2>&1 | grep -v '^Picked up' || true
}
home=$training/home
"$image/bin/rollcall" init --admin training --home "$home" >/dev/null
train "-XX:AOTMode=record -XX:AOTConfiguration=$training/command.conf" \
    sh "$image/bin/training" users list --home "$home" --user training >/dev/null
train "-XX:AOTMode=create -XX:AOTConfiguration=$training/command.conf -XX:AOTCache=$image/lib/app/command.aot" \
    sh "$image/bin/training" users list --home "$home" --user training
train "-XX:AOTMode=record -XX:AOTConfiguration=$training/window.conf" \
    xvfb-run -a -s "-screen 0 1400x900x24" sh packaging/image/quiet.sh "$image/bin/training" --home "$home"
train "-XX:AOTMode=create -XX:AOTConfiguration=$training/window.conf -XX:AOTCache=$image/lib/app/window.aot" \
    sh "$image/bin/training" --home "$home"
rm -f "$image/bin/training"
for archive in command window; do
    [ -f "$image/lib/app/$archive.aot" ] || fail "the archive $archive.aot was not made"
done

echo "Manual, completion, desktop"
share=$work/share
mkdir -p "$share/applications" "$share/metainfo" "$share/bash-completion/completions" "$share/zsh/vendor-completions" \
    "$share/fish/vendor_completions.d" "$share/man/man1" "$share/icons/hicolor/scalable/apps"
java -cp "$image/lib/app/rollcall.jar" packaging/image/CommandPages.java "$version" "$share"
gzip -9n "$share/man/man1"/*.1
cp packaging/linux/org.rollcall.Rollcall.desktop "$share/applications/"
sed "s|@VERSION@|$version|; s|@DATE@|$(date -u +%Y-%m-%d)|" packaging/linux/org.rollcall.Rollcall.metainfo.xml \
    >"$share/metainfo/org.rollcall.Rollcall.metainfo.xml"
for size in 16 24 32 48 64 128 256; do
    mkdir -p "$share/icons/hicolor/${size}x${size}/apps"
    cp "icons/icon-$size.png" "$share/icons/hicolor/${size}x${size}/apps/org.rollcall.Rollcall.png"
done
cp icons/icon.svg "$share/icons/hicolor/scalable/apps/org.rollcall.Rollcall.svg"

# The tree that .deb and .rpm install.
tree=$work/tree
mkdir -p "$tree/opt" "$tree/usr/bin" "$tree/usr/share/doc/rollcall" "$tree/usr/lib/systemd/system" \
    "$tree/usr/lib/systemd/user" "$tree/usr/lib/sysusers.d" "$tree/usr/lib/tmpfiles.d"
cp -a "$image" "$tree/opt/rollcall"
cp -a "$share/." "$tree/usr/share/"
ln -s ../../opt/rollcall/bin/rollcall "$tree/usr/bin/rollcall"
cp packaging/linux/systemd/rollcall.service "$tree/usr/lib/systemd/system/"
cp packaging/linux/systemd/rollcall-user.service "$tree/usr/lib/systemd/user/rollcall.service"
cp packaging/linux/systemd/rollcall.sysusers "$tree/usr/lib/sysusers.d/rollcall.conf"
cp packaging/linux/systemd/rollcall.tmpfiles "$tree/usr/lib/tmpfiles.d/rollcall.conf"
cp packaging/linux/copyright "$tree/usr/share/doc/rollcall/copyright"
find "$tree" -type d -exec chmod 755 {} +
find "$tree" -type f -exec chmod go=rX,u+w {} +

echo "Portable"
portable=$work/portable/rollcall-$version
mkdir -p "$work/portable"
cp -a "$image" "$portable"
cp -a "$share" "$portable/share"
tar -C "$work/portable" --owner=0 --group=0 --numeric-owner -czf "$packages/rollcall-$version-linux-$rpm_arch.tar.gz" \
    "rollcall-$version"

echo "Debian package"
mkdir -p "$work/deb/DEBIAN"
cp -a "$tree/." "$work/deb/"
size=$(du -sk "$tree" | cut -f 1)
sed "s|@VERSION@|$version|; s|@ARCHITECTURE@|$deb_arch|; s|@SIZE@|$size|" packaging/linux/deb/control >"$work/deb/DEBIAN/control"
for script in postinst prerm postrm; do
    install -m 755 "packaging/linux/deb/$script" "$work/deb/DEBIAN/$script"
done
(cd "$work/deb" && find opt usr -type f -exec md5sum {} + | LC_ALL=C sort -k 2 >DEBIAN/md5sums)
# shellcheck disable=SC2086
dpkg-deb --root-owner-group $compression --build "$work/deb" "$packages/rollcall_${version}_$deb_arch.deb"

if command -v rpmbuild >/dev/null 2>&1; then
    echo "RPM package"
    rpmbuild -bb --quiet --target "$rpm_arch" --define "_topdir $work/rpm" --define "version_of $version" --define "tree $tree" \
        --define "_binary_payload $payload" --define "scripts $PWD/packaging/linux/deb" packaging/linux/rollcall.spec
    cp "$work/rpm/RPMS/$rpm_arch"/*.rpm "$packages/"
else
    echo "No rpmbuild here, so no .rpm"
fi
(cd "$packages" && sha256sum rollcall* >SHA256SUMS)
ls -l "$packages"
