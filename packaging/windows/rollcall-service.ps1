# Runs the schedules of Rollcall from the start of the machine on, whether or not somebody is signed in: a task of Windows that
# starts again after failures. To be run as an administrator.
#
#   rollcall-service.ps1 install -DataFolder DIR [-Account NAME]
#   rollcall-service.ps1 remove
#
# Without an account it runs as LOCAL SERVICE, which must be allowed to read and write the data folder.
param(
    [Parameter(Mandatory = $true, Position = 0)]
    [ValidateSet('install', 'remove')]
    [string] $Action,
    [string] $DataFolder,
    [string] $Account = 'NT AUTHORITY\LOCAL SERVICE'
)
$ErrorActionPreference = 'Stop'
$name = 'Rollcall service'

if ($Action -eq 'remove') {
    Stop-ScheduledTask -TaskName $name -ErrorAction SilentlyContinue
    Unregister-ScheduledTask -TaskName $name -Confirm:$false
    Write-Output "The task '$name' is removed; the data folder stays."
    exit 0
}
if (-not $DataFolder) {
    throw 'Say with -DataFolder where the data is'
}
if (-not (Test-Path (Join-Path $DataFolder 'rollcall.properties'))) {
    throw "$DataFolder is no data folder; make one with: rollcall init --admin NAME --home DIR"
}
$program = Join-Path $PSScriptRoot 'rollcall.exe'
$folder = (Resolve-Path $DataFolder).Path.TrimEnd('\')
$start = New-ScheduledTaskAction -Execute $program -Argument "service --home `"$folder`""
$boot = New-ScheduledTaskTrigger -AtStartup
$settings = New-ScheduledTaskSettingsSet -RestartCount 999 -RestartInterval (New-TimeSpan -Minutes 1) `
    -ExecutionTimeLimit ([TimeSpan]::Zero) -StartWhenAvailable -DontStopOnIdleEnd -AllowStartIfOnBatteries `
    -DontStopIfGoingOnBatteries -MultipleInstances IgnoreNew
if ($Account -like 'NT AUTHORITY\*') {
    $who = New-ScheduledTaskPrincipal -UserId $Account -LogonType ServiceAccount
    Register-ScheduledTask -Force -TaskName $name -Action $start -Trigger $boot -Settings $settings -Principal $who | Out-Null
} else {
    $credential = Get-Credential -UserName $Account -Message 'The account that the service runs as'
    Register-ScheduledTask -Force -TaskName $name -Action $start -Trigger $boot -Settings $settings -User $Account `
        -Password $credential.GetNetworkCredential().Password | Out-Null
}
Start-ScheduledTask -TaskName $name
Write-Output "The task '$name' runs the schedules of $folder."
