using System.Diagnostics;
using System.Reflection;
using Guild.Engine.Operations;
using Guild.Engine.Runs;
using Guild.TestProgram;

namespace Guild.Faults;

/// <summary>A project and a home in a temporary folder of their own.</summary>
internal sealed class Workshop : IDisposable
{
    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("guild-faults-");

    internal Workshop(string guildFile)
    {
        Directory.CreateDirectory(Project);
        File.WriteAllText(Path.Join(Project, "guild.yml"), guildFile);
    }

    internal static string TestProgram { get; } = typeof(Workshop).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == "TestProgram").Value!;

    internal string Project => Path.Join(_root.FullName, "project");

    internal GuildHome Home => new(Path.Join(_root.FullName, "home"));

    internal EngineContext Context => Operations.Context(Project, Home.Path);

    /// <summary>Starts the test program with a verb, the project, the home and what else it needs.</summary>
    internal Process Start(string verb, params string[] words) =>
        Process.Start(new ProcessStartInfo(TestProgram, [verb, Project, Home.Path, .. words]) { RedirectStandardOutput = true })!;

    public void Dispose() => _root.Delete(recursive: true);
}
