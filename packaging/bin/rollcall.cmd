@echo off
rem Starts Rollcall: the window without a command, otherwise the command line.
setlocal EnableExtensions DisableDelayedExpansion
set "ROOT=%~dp0.."
set "FOUND="
call :choose "%ROOT%\runtime"
call :choose "%ROLLCALL_JAVA_HOME%"
call :choose "%JAVA_HOME%"
for /f "delims=" %%J in ('where java 2^>nul') do call :choose "%%~dpJ.."
for /d %%D in ("%ProgramFiles%\Java\*" "%ProgramFiles%\Eclipse Adoptium\*" "%ProgramFiles%\Microsoft\jdk*" "%ProgramFiles%\Zulu\*" "%LOCALAPPDATA%\Programs\Eclipse Adoptium\*" "%USERPROFILE%\.jdks\*") do call :choose "%%~D"
if not defined FOUND (
    echo rollcall: Java 25 or newer was not found; install one, or say where it is with ROLLCALL_JAVA_HOME 1>&2
    exit /b 8
)
set "OPTIONS=-Xlog:disable -Xlog:all=error:stderr --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow -Dorg.jooq.no-logo=true -Dorg.jooq.no-tips=true -Dfile.encoding=UTF-8 -Dstdout.encoding=UTF-8 -Dstderr.encoding=UTF-8"
if not "%~1"=="" goto :command
setlocal EnableDelayedExpansion
set "MODULES="
for %%F in ("%ROOT%\lib\javafx-*-win.jar") do set "MODULES=!MODULES!;%%~fF"
"%FOUND%\bin\java" %OPTIONS% -XX:MaxGCPauseMillis=30 --module-path "!MODULES:~1!" --add-modules javafx.controls -cp "%ROOT%\lib\*" org.rollcall.Main
exit /b %ERRORLEVEL%

:command
"%FOUND%\bin\java" %OPTIONS% -XX:+UseSerialGC -cp "%ROOT%\lib\*" org.rollcall.Main %*
exit /b %ERRORLEVEL%

:choose
if defined FOUND exit /b 0
if "%~1"=="" exit /b 0
if not exist "%~1\bin\java.exe" exit /b 0
if not exist "%~1\release" exit /b 0
set "VERSION="
for /f "tokens=2 delims==." %%V in ('findstr /b "JAVA_VERSION=" "%~1\release"') do if not defined VERSION set "VERSION=%%~V"
set "VERSION=%VERSION:"=%"
if not defined VERSION exit /b 0
if %VERSION% GEQ 25 set "FOUND=%~1"
exit /b 0
