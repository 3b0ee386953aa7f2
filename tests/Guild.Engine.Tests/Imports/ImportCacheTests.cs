using Guild.Engine.Imports;
using Guild.Engine.Operations;
using Guild.Engine.Tests.Operations;

namespace Guild.Engine.Tests.Imports;

public sealed class ImportCacheTests
{
    [Fact]
    public void PythonIsStartedOnceForAllScriptsAndNotAtAllWhenTheyAreKnown()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        using var project = new TempProject(string.Concat(Enumerable.Range(0, 20).Select(i => $"op{i}: {{main: s{i}.py, flags-import: yes}}\n")));
        for (var i = 0; i < 20; i++)
        {
            project.Write($"s{i}.py", $"import argparse\np = argparse.ArgumentParser()\np.add_argument('--flag{i}')\np.parse_args()\n");
        }

        var starts = CountPythonStarts(project);
        Assert.All(All(project).Operations, o => Assert.Equal("flag" + o.Name[2..], Assert.Single(o.Flags).Name));
        Assert.Equal(1, starts());
        All(project);
        Assert.Equal(1, starts());

        project.Write("s3.py", "x = 1\n");
        Assert.Contains(All(project).Operations, o => o.Flags.Any(f => f.Name == "x"));
        Assert.Equal(2, starts());
        Assert.Equal(21, Directory.GetFiles(Path.Combine(project.Home.CacheDirectory, "import-flags"), "*.json").Length);
    }

    [Fact]
    public void ADamagedFileOfTheCacheIsMadeAnew()
    {
        using var time = new TempProject("train: {main: train.py, flags-import: yes}\n");
        var cache = new ImportCache(time.Home.CacheDirectory, TimeProvider.System);
        var folder = Directory.CreateDirectory(Path.Combine(time.Home.CacheDirectory, "import-flags")).FullName;
        File.WriteAllText(Path.Combine(folder, "damaged.json"), "{\"flags\": [{");
        File.WriteAllText(Path.Combine(folder, "other.json"), "[1]");

        Assert.Null(cache.Find("damaged"));
        Assert.Null(cache.Find("other"));
        Assert.NotNull(cache.Add("damaged", [], ReadingLife.Lasting));
        Assert.NotNull(new ImportCache(time.Home.CacheDirectory, TimeProvider.System).Find("damaged"));
    }

    [Fact]
    public void AFailureIsForgottenAfterAMinute()
    {
        using var project = new TempProject("train: x\n");
        var clock = new SetTime(DateTimeOffset.UnixEpoch.AddYears(50));
        var cache = new ImportCache(project.Home.CacheDirectory, clock);
        cache.Add("a", new System.Text.Json.Nodes.JsonObject { ["problem"] = "it failed" }, ReadingLife.Short);

        Assert.Equal("it failed", cache.Find("a")?.Problem);
        clock.Now += TimeSpan.FromSeconds(61);
        Assert.Null(cache.Find("a"));
    }

    [Fact]
    public void AHomeThatCannotBeWrittenKeepsNothingAndFailsNothing()
    {
        using var project = new TempProject("train: {main: train.py, flags-import: yes}\n");
        project.Write("train.py", "x = 1\n");
        Directory.CreateDirectory(project.Home.Path);
        File.WriteAllText(project.Home.CacheDirectory, "a file where the folder should be");

        Assert.Equal("x", Assert.Single(All(project).Operations.Single().Flags).Name);
    }

    private static Project All(TempProject project) => FlagImport.In(project.Project, _ => true, project.Context).Project;

    // A program of the name python3 that writes a line for each of its starts before it becomes Python.
    private static Func<int> CountPythonStarts(TempProject project)
    {
        var real = Interpreters.FindPython(project.Context);
        var log = project.PathOf("starts");
        project.Write("python", $"#!/bin/sh\necho x >> '{log}'\nexec '{real}' \"$@\"\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(project.PathOf("python"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        project.Environment["GUILD_PYTHON_EXE"] = project.PathOf("python");
        return () => File.ReadAllLines(log).Length;
    }

    private sealed class SetTime(DateTimeOffset now) : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = now;

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
