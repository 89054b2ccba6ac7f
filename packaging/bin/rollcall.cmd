@echo off
rem Starts Rollcall: the window without a command, otherwise the command line. The same steps as in the script for Linux beside it.
setlocal EnableExtensions DisableDelayedExpansion
set "ROOT=%~dp0.."
set "LIB=%ROOT%\lib"
if exist "%LIB%\rollcall.jar" goto :complete
echo rollcall: the program is not complete, "%LIB%" is missing; install Rollcall again 1>&2
exit /b 8

:complete
set "FOUND="
call :choose "%ROLLCALL_JAVA_HOME%"
call :choose "%JAVA_HOME%"
for /f "delims=" %%J in ('where java 2^>nul') do call :choose "%%~dpJ.."
for /d %%D in ("%ProgramFiles%\Java\*" "%ProgramFiles%\Eclipse Adoptium\*" "%ProgramFiles%\Microsoft\jdk*" "%ProgramFiles%\Zulu\*" "%LOCALAPPDATA%\Programs\Eclipse Adoptium\*" "%USERPROFILE%\.jdks\*") do call :choose "%%~D"
if defined FOUND goto :found
echo rollcall: Java 25 or newer was not found; install one, or say where it is with ROLLCALL_JAVA_HOME 1>&2
exit /b 8

:found
rem A command is the first word that is neither an option nor an option's value; without one the window opens.
set "COMMAND="
set "BEFORE="
set "TERMINAL="
:word
if [%1]==[] goto :words
set "WORD=%~1"
if "%BEFORE%"=="--home" goto :next
if "%BEFORE%"=="--user" goto :next
if "%BEFORE%"=="--password-file" goto :next
if "%BEFORE%"=="--passphrase-file" goto :next
if "%BEFORE%"=="--sign-in" goto :next
if "%BEFORE%"=="--lang" goto :next
if "%WORD%"=="--help" goto :help
if "%WORD%"=="-h" goto :help
if "%WORD%"=="--version" goto :help
if "%WORD%"=="-V" goto :help
if "%WORD%"=="--headless" set "TERMINAL=yes"
if "%WORD%"=="--json" set "TERMINAL=yes"
if "%WORD:~0,1%"=="-" goto :next
if not defined COMMAND set "COMMAND=%WORD%"
goto :next
:help
set "TERMINAL=yes"
if not defined COMMAND set "COMMAND=help"
:next
set "BEFORE=%WORD%"
shift /1
goto :word

:words
rem The demonstration opens the window too, unless it is told not to.
set "WINDOW="
if not defined COMMAND set "WINDOW=yes"
if "%COMMAND%"=="demo" if not defined TERMINAL set "WINDOW=yes"

rem What somebody says about memory in JAVA_TOOL_OPTIONS stands: options of the command line would come before it.
set "PAUSES=-XX:+UseG1GC -XX:MaxGCPauseMillis=30 -XX:G1PeriodicGCInterval=60000"
set "HEAP=-XX:InitialHeapSize=64m -XX:MinHeapFreeRatio=10 -XX:MaxHeapFreeRatio=25"
set "SERIAL=-XX:+UseSerialGC"
if defined JAVA_TOOL_OPTIONS call :memory

rem The virtual machine's own warnings must not get into documents on standard output.
set "OPTIONS=-Xlog:disable -Xlog:all=error,cds=off,cds*=off,aot=off,aot*=off:stderr --sun-misc-unsafe-memory-access=allow -Dorg.jooq.no-logo=true -Dorg.jooq.no-tips=true -Dfile.encoding=UTF-8 -Dstdout.encoding=UTF-8 -Dstderr.encoding=UTF-8"
if not defined WINDOW goto :command

set "MODULES="
for %%F in ("%LIB%\javafx-*-win*.jar") do call :module "%%~fF"
"%FOUND%\bin\java" %OPTIONS% -XX:+UseCompactObjectHeaders %HEAP% %PAUSES% --module-path "%MODULES%" --add-modules javafx.controls --enable-native-access=javafx.graphics,ALL-UNNAMED -cp "%LIB%\*" org.rollcall.Main %*
exit /b %ERRORLEVEL%

:command
rem Serial collection and quick compilation start sooner; what works for long is compiled in full.
set "QUICK=-XX:TieredStopAtLevel=1"
rem Of an import or export only what runs very often, and what encrypts the database at once (decision 0023).
set "OFTEN=-XX:Tier4InvocationThreshold=100000 -XX:Tier4MinInvocationThreshold=12000 -XX:Tier4CompileThreshold=300000 -XX:Tier4BackEdgeThreshold=800000 -XX:CompileCommand=quiet -XX:CompileCommand=CompileThresholdScaling,com.sun.crypto.provider.*::*,0.05"
for %%C in (import export) do if "%COMMAND%"=="%%C" set "QUICK=%OFTEN%"
for %%C in (service demo tenant sample schedules restore backup) do if "%COMMAND%"=="%%C" set "QUICK="
rem A service is idle most of the time: its heap begins small, and after each run it collects, which gives back what the run took.
set "SMALL="
if "%COMMAND%"=="service" if defined HEAP set "SMALL=%HEAP% -XX:-ShrinkHeapInSteps"
"%FOUND%\bin\java" %OPTIONS% %SMALL% %SERIAL% %QUICK% -cp "%LIB%\*" org.rollcall.Main %*
exit /b %ERRORLEVEL%

:module
if defined MODULES (set "MODULES=%MODULES%;%~1") else (set "MODULES=%~1")
exit /b 0

:memory
set "SAID=%JAVA_TOOL_OPTIONS:"=%"
if not "%SAID:GC=%"=="%SAID%" set "PAUSES="
if not "%SAID:GC=%"=="%SAID%" set "SERIAL="
if not "%SAID:Heap=%"=="%SAID%" set "HEAP="
if not "%SAID:-Xm=%"=="%SAID%" set "HEAP="
exit /b 0

rem Takes the Java in folder 1 if none was taken before and it is 25 or newer.
:choose
if defined FOUND exit /b 0
if "%~1"=="" exit /b 0
if not exist "%~1\bin\java.exe" exit /b 0
set "VERSION="
if not exist "%~1\release" goto :ask
for /f "tokens=2 delims==.-+" %%V in ('findstr /b "JAVA_VERSION=" "%~1\release"') do if not defined VERSION set "VERSION=%%~V"
if defined VERSION goto :compare
:ask
for /f "tokens=3 delims=. " %%V in ('call "%~1\bin\java.exe" -version 2^>^&1') do if not defined VERSION set "VERSION=%%~V"
if not defined VERSION exit /b 0
:compare
set "VERSION=%VERSION:"=%"
if not defined VERSION exit /b 0
if %VERSION% GEQ 25 set "FOUND=%~1"
exit /b 0
