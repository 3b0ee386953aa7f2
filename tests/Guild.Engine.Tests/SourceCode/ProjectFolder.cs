using System.Diagnostics;
using System.Formats.Tar;
using System.IO.Compression;
using System.Text;
using Guild.Engine.GuildFiles;
using Guild.Engine.SourceCode;

namespace Guild.Engine.Tests.SourceCode;

/// <summary>A project in a folder of its own, deleted at the test's end.</summary>
internal sealed class ProjectFolder : IDisposable
{
    public ProjectFolder()
    {
        Base = Directory.CreateTempSubdirectory("guild-project-").FullName;
        Root = Directory.CreateDirectory(Path.Join(Base, "project")).FullName;
        Run = Path.Join(Base, "run");
        Directory.CreateDirectory(Run);
    }

    /// <summary>The folder that holds all others of the test.</summary>
    public string Base { get; }

    public string Root { get; }

    public string Run { get; }

    public static string? Git { get; } = (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(Path.PathSeparator)
        .Select(folder => Path.Join(folder, OperatingSystem.IsWindows() ? "git.exe" : "git"))
        .FirstOrDefault(File.Exists);

    /// <summary>The project that the fixture home's runs were made from.</summary>
    public static ProjectFolder Demo()
    {
        var folder = new ProjectFolder();
        using var archive = File.OpenRead(Path.Join(AppContext.BaseDirectory, "Fixtures", "guild-0.9-home.tar.gz"));
        using var tar = new GZipStream(archive, CompressionMode.Decompress);
        var unpacked = Directory.CreateDirectory(Path.Join(folder.Base, "fixture")).FullName;
        TarFile.ExtractToDirectory(tar, unpacked, overwriteFiles: false);
        Directory.Delete(folder.Root);
        Directory.Move(Path.Join(unpacked, "demo"), folder.Root);
        return folder;
    }

    public string At(string path) => Path.Join(Root, path);

    public ProjectFolder With(string path, string text = "text\n") => With(path, Encoding.UTF8.GetBytes(text));

    public ProjectFolder With(string path, byte[] bytes)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(At(path))!);
        File.WriteAllBytes(At(path), bytes);
        return this;
    }

    public ProjectFolder WithRepository()
    {
        RunGit("init", "--quiet");
        return this;
    }

    public void RunGit(params string[] arguments)
    {
        Assert.True(Git is not null, "These tests need git on the PATH.");
        var start = new ProcessStartInfo(Git, ["-c", "user.name=Test", "-c", "user.email=test@example.org", .. arguments])
        {
            WorkingDirectory = Root,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("GIT_", StringComparison.Ordinal)).ToArray())
        {
            start.Environment.Remove(name);
        }

        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, errors);
    }

    public SourceSelection Plan(params SourceCodeDefinition[] definitions) => Plan(new SourceSnapshotOptions(), definitions);

    public SourceSelection Plan(SourceSnapshotOptions options, params SourceCodeDefinition[] definitions) =>
        SourceSnapshot.Plan(Root, definitions, options with { GitProgram = options.GitProgram ?? Git });

    /// <summary>The selected paths, joined by spaces.</summary>
    public string Files(params SourceCodeDefinition[] definitions) => Names(Plan(definitions));

    public static string Names(SourceSelection selection) => string.Join(' ', selection.Files.Select(file => file.Path));

    public void Dispose()
    {
        if (!OperatingSystem.IsWindows())
        {
            foreach (var folder in Directory.EnumerateDirectories(Base, "*", SearchOption.TopDirectoryOnly))
            {
                File.SetUnixFileMode(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            }
        }

        Directory.Delete(Base, recursive: true);
    }
}
