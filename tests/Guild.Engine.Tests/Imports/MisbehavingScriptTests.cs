using Guild.Engine.Imports;
using Guild.Engine.Tests.Operations;

namespace Guild.Engine.Tests.Imports;

/// <summary>Whatever a script does when it is asked for its flags, the operations of the project are listed.</summary>
public sealed class MisbehavingScriptTests
{
    private const string Asked = "import argparse\np = argparse.ArgumentParser()\np.add_argument(*['--a'])\n";

    [Theory]
    [InlineData("import sys\nfor _ in range(300000): print('words that nobody reads')\nprint('x' * 100000, file=sys.stderr)")]
    [InlineData("import os, sys\nos.close(0); os.close(1); os.close(2)")]
    [InlineData("import atexit, time\natexit.register(lambda: time.sleep(600))")]
    [InlineData("import threading, time\nthreading.Thread(target=time.sleep, args=(600,)).start()")]
    [InlineData("import signal\nfor s in (signal.SIGTERM, signal.SIGINT): signal.signal(s, signal.SIG_IGN)")]
    [InlineData("import sys\nsys.argv = ['x', '--wrong']\nsys.stdout = sys.stderr = None")]
    [InlineData("import os\nos.chdir('/')")]
    public void WhatAScriptDoesEarlyDoesNotKeepItFromBeingRead(string early)
    {
        using var project = Two(early + "\n" + Asked + "p.parse_args()\n");

        var imported = FlagImport.In(project.Project, _ => true, project.Context);

        Assert.Empty(imported.Warnings);
        Assert.Equal(["a", "x"], imported.Project.Operations.SelectMany(o => o.Flags).Select(f => f.Name));
    }

    [Fact]
    public void AScriptThatCatchesEverythingDoesNotGoOn()
    {
        using var project = Two(Asked + "while True:\n    try:\n        p.parse_args()\n        break\n    except BaseException:\n        pass\nopen('written', 'w').close()\n");

        Assert.Empty(FlagImport.In(project.Project, _ => true, project.Context).Warnings);
        Assert.False(File.Exists(project.PathOf("written")));
    }

    [Fact]
    public void AChildThatGoesOnIsEndedWithTheScript()
    {
        if (!Directory.Exists("/proc"))
        {
            return;
        }

        using var project = Two("import subprocess, sys\nchild = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(600)'])\nwith open('child', 'w') as file: file.write(str(child.pid))\n" + Asked + "p.parse_args()\n");

        Assert.Empty(FlagImport.In(project.Project, _ => true, project.Context).Warnings);
        var child = File.ReadAllText(project.PathOf("child"));
        Assert.True(SpinWait.SpinUntil(() => IsGone(child), TimeSpan.FromMinutes(1)));
    }

    [Theory]
    [InlineData("x = (\n", "line 1")]
    [InlineData("x = 1\0\n", "null byte")]
    [InlineData("# coding: no-such-encoding\nx = 1\n", "no-such-encoding")]
    [InlineData(Asked + "import sys\nsys.stdin.read()\nraise RuntimeError('nothing came')", "nothing came")]
    [InlineData(Asked + "1 / 0", "ZeroDivisionError")]
    [InlineData(Asked + "import os, signal\nos.kill(os.getpid(), signal.SIGKILL)", "ended")]
    [InlineData(Asked, "without reading its arguments")]
    [InlineData(Asked + "def f(): f()\nf()", "RecursionError")]
    public void AScriptThatCannotBeReadIsAWarningAndTheOthersAreRead(string script, string reason)
    {
        using var project = Two(script);

        var imported = FlagImport.In(project.Project, _ => true, project.Context);

        var warning = Assert.Single(imported.Warnings);
        Assert.StartsWith("The flags of operation 'bad' could not be imported from 'bad.py': ", warning, StringComparison.Ordinal);
        Assert.Contains(reason, warning, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(["bad", "good"], imported.Project.Operations.Select(o => o.Name));
        Assert.Equal(["x"], imported.Project.Operations.Last().Flags.Select(f => f.Name));
    }

    [Fact]
    public void AScriptThatIsNestedTooDeeplyIsAWarningAndTheOthersAreRead()
    {
        using var project = Two("x = " + new string('-', 100_000) + "1\n");

        var imported = FlagImport.In(project.Project, _ => true, project.Context);

        Assert.Contains("'bad.py'", Assert.Single(imported.Warnings), StringComparison.Ordinal);
        Assert.Equal(["x"], imported.Project.Operations.Last().Flags.Select(f => f.Name));
    }

    [Theory]
    [InlineData("#!/bin/sh\necho this is no Python\n")]
    [InlineData("#!/bin/sh\nexit 3\n")]
    [InlineData("#!/bin/sh\necho '[{}, 1]'\n")]
    public void AProgramThatIsNoPythonIsAWarning(string program)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        using var project = Two("y = 1\n");
        project.Write("python", program);
        File.SetUnixFileMode(project.PathOf("python"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        project.Environment["GUILD_PYTHON_EXE"] = project.PathOf("python");

        var imported = FlagImport.In(project.Project, _ => true, project.Context);

        Assert.Equal(2, imported.Warnings.Count);
        Assert.All(imported.Warnings, w => Assert.Contains(project.PathOf("python"), w, StringComparison.Ordinal));
        Assert.Equal(["bad", "good"], imported.Project.Operations.Select(o => o.Name));
    }

    private static TempProject Two(string bad)
    {
        var project = new TempProject("bad: {main: bad.py, flags-import: yes}\ngood: {main: good.py, flags-import: yes}\n");
        project.Write("bad.py", bad);
        project.Write("good.py", "x = 1\n");
        return project;
    }

    private static bool IsGone(string process) =>
        !File.Exists($"/proc/{process}/stat") || File.ReadAllText($"/proc/{process}/stat").Split(')')[^1].Trim()[0] is 'Z' or 'X';
}
