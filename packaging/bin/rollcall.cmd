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
rem What somebody says about memory in JAVA_TOOL_OPTIONS stands: options of the command line would come before it.
set "WINDOW=-XX:+UseG1GC -XX:MaxGCPauseMillis=30 -XX:G1PeriodicGCInterval=60000"
set "HEAP=-XX:InitialHeapSize=64m -XX:MinHeapFreeRatio=10 -XX:MaxHeapFreeRatio=25"
set "COMMAND=-XX:+UseSerialGC"
if defined JAVA_TOOL_OPTIONS call :memory
if not "%~1"=="" goto :command
setlocal EnableDelayedExpansion
set "MODULES="
for %%F in ("%ROOT%\lib\javafx-*-win.jar") do set "MODULES=!MODULES!;%%~fF"
"%FOUND%\bin\java" %OPTIONS% %WINDOW% %HEAP% -XX:+UseCompactObjectHeaders --module-path "!MODULES:~1!" --add-modules javafx.controls -cp "%ROOT%\lib\*" org.rollcall.Main
exit /b %ERRORLEVEL%

:command
"%FOUND%\bin\java" %OPTIONS% %COMMAND% -cp "%ROOT%\lib\*" org.rollcall.Main %*
exit /b %ERRORLEVEL%

:memory
set "SAID=%JAVA_TOOL_OPTIONS:"=%"
if not "%SAID:GC=%"=="%SAID%" set "WINDOW="
if not "%SAID:GC=%"=="%SAID%" set "COMMAND="
if not "%SAID:Heap=%"=="%SAID%" set "HEAP="
if not "%SAID:-Xm=%"=="%SAID%" set "HEAP="
exit /b 0

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
