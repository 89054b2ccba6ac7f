# Makes the packages for Windows in target\packages: .msi (needs the WiX Toolset 3 on the path) and a portable .zip. Needs a JDK 25
# in JAVA_HOME. Takes the same modules, arguments and launchers as packaging/linux/build.sh, which proves them.
#
#   packaging\windows\build.ps1 [-NoMaven] [-NoInstaller]
param(
    [switch] $NoMaven,
    [switch] $NoInstaller
)
$ErrorActionPreference = 'Stop'
Set-Location (Join-Path $PSScriptRoot '..\..')

function Invoke-Checked {
    param([string] $Program, [string[]] $Arguments)
    & $Program @Arguments
    if ($LASTEXITCODE -ne 0) {
        throw "$Program ended with $LASTEXITCODE"
    }
}

if (-not $env:JAVA_HOME -or -not (Test-Path (Join-Path $env:JAVA_HOME 'bin\jpackage.exe'))) {
    throw 'JAVA_HOME does not name a JDK 25 with jpackage'
}
$tools = Join-Path $env:JAVA_HOME 'bin'
$jar = Join-Path $tools 'jar.exe'
$java = Join-Path $tools 'java.exe'
$jlink = Join-Path $tools 'jlink.exe'
$jmod = Join-Path $tools 'jmod.exe'
$jpackage = Join-Path $tools 'jpackage.exe'

if (-not $NoMaven) {
    Invoke-Checked 'mvn.cmd' @('-B', '-q', 'package', '-DskipTests')
}
$pom = [xml] (Get-Content -Raw 'pom.xml')
$version = $pom.project.version
$javafx = $pom.project.properties.'javafx.version'

$work = Join-Path (Get-Location) 'target\package-work'
$packages = Join-Path (Get-Location) 'target\packages'
if (Test-Path $work) {
    Remove-Item -Recurse -Force $work
}
New-Item -ItemType Directory -Force $work, $packages, "$work\jmods" | Out-Null

# JavaFX as modules with their native libraries apart, so that they are files of the runtime and nothing is unpacked at a start.
Write-Output 'Runtime image'
foreach ($module in 'base', 'graphics', 'controls') {
    $from = (Get-Item "target\rollcall\lib\javafx-$module-$javafx-win*.jar").FullName
    $classes = Join-Path $work "javafx\$module\classes"
    $natives = Join-Path $work "javafx\$module\lib"
    New-Item -ItemType Directory -Force $classes, $natives | Out-Null
    Push-Location $classes
    Invoke-Checked $jar @('xf', $from)
    Pop-Location
    Get-ChildItem $classes -Recurse -Filter '*.dll' | Move-Item -Destination $natives
    Get-ChildItem $classes -Filter 'javafx-swt.jar' | Remove-Item
    Invoke-Checked $jmod @('create', '--class-path', $classes, '--cmds', $natives, '--module-version', $javafx,
        "$work\jmods\javafx.$module.jmod")
}
Invoke-Checked $jlink @('--module-path', "$work\jmods", '@packaging/image/modules.args', '--output', "$work\runtime")

Write-Output 'Jars'
Invoke-Checked $java @('-XX:+UseSerialGC', 'packaging/image/PackageJars.java', 'target/rollcall/lib', "$work\jars")

Write-Output 'Image'
Invoke-Checked $jpackage @('--type', 'app-image', '@packaging/image/jpackage.args', '--app-version', $version, '--input',
    "$work\jars", '--runtime-image', "$work\runtime", '--dest', "$work\image", '@packaging/windows/jpackage.args')
$image = Join-Path $work 'image\rollcall'
Invoke-Checked $java @('packaging/image/Launchers.java', "$image\app")
Invoke-Checked "$image\rollcall.exe" @('--version')

# Archives of classes, as on Linux: a run that writes down what it needs, then the archive, made with G1 and without profiles.
Write-Output 'Archives of classes'
$training = Join-Path $work 'training'
New-Item -ItemType Directory -Force $training | Out-Null
$env:ROLLCALL_PASSWORD = 'a pass phrase for the training only'
Invoke-Checked "$image\rollcall.exe" @('init', '--admin', 'training', '--home', "$training\home")

# The options of a launcher, but for the one that reads the archive and for the collector.
function Get-LauncherOptions {
    param([string] $Launcher)
    $listed = Get-Content "$image\app\$Launcher.cfg" | Where-Object { $_ -like 'java-options=*' }
    $listed | ForEach-Object { $_.Substring('java-options='.Length) } |
        Where-Object { $_ -notlike '-XX:AOTCache=*' -and $_ -notlike '-XX:+Use*GC' -and $_ -notlike '-Djpackage.*' }
}

$runtime = Join-Path $image 'runtime\bin\java.exe'
foreach ($each in @(@('rollcall', 'command'), @('Rollcall Desktop', 'window'))) {
    $options = @(Get-LauncherOptions $each[0]) + @('-XX:+UseG1GC', '-XX:+UnlockDiagnosticVMOptions', '-XX:-AOTRecordTraining')
    $started = @('-cp', "$image\app\rollcall.jar", 'org.rollcall.Main')
    $record = @('-XX:AOTMode=record', "-XX:AOTConfiguration=$training\$($each[1]).conf")
    if ($each[1] -eq 'command') {
        Invoke-Checked $runtime ($record + $options + $started + @('users', 'list', '--home', "$training\home", '--user',
            'training'))
    } else {
        $all = ($record + $options + $started + @('--home', "$training\home")) | ForEach-Object { "`"$_`"" }
        $window = Start-Process -FilePath $runtime -ArgumentList $all -PassThru
        $rest = 0
        $before = -1.0
        for ($i = 0; $i -lt 120 -and $rest -lt 3; $i++) {
            Start-Sleep -Seconds 1
            $window.Refresh()
            $now = $window.CPU
            if ($window.MainWindowHandle -ne 0 -and $now - $before -le 0.12) { $rest++ } else { $rest = 0 }
            $before = $now
        }
        $window.CloseMainWindow() | Out-Null
        $window.WaitForExit(120000) | Out-Null
    }
    Invoke-Checked $runtime (@('-XX:AOTMode=create', "-XX:AOTConfiguration=$training\$($each[1]).conf",
        "-XX:AOTCache=$image\app\$($each[1]).aot") + $options + $started)
}
Copy-Item LICENSE $image
Copy-Item packaging\windows\rollcall-service.ps1 $image

Write-Output 'Portable'
$portable = Join-Path $work "portable\rollcall-$version"
New-Item -ItemType Directory -Force (Split-Path $portable) | Out-Null
Copy-Item -Recurse $image $portable
Compress-Archive -Force -Path $portable -DestinationPath "$packages\rollcall-$version-windows-x64.zip"

if (-not $NoInstaller) {
    Write-Output 'Installer'
    Invoke-Checked $jpackage @('--type', 'msi', '--app-image', $image, '--app-version', $version, '--dest', $packages,
        '@packaging/windows/msi.args')
}
Get-ChildItem "$packages\*" -Include '*.msi', '*.zip' | ForEach-Object {
    "$((Get-FileHash -Algorithm SHA256 $_).Hash.ToLowerInvariant())  $($_.Name)"
} | Set-Content -Encoding ascii "$packages\SHA256SUMS"
Get-ChildItem $packages
