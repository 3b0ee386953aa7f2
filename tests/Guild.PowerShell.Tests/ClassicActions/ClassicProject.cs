using Guild.PowerShell.Tests.Hosting;

namespace Guild.PowerShell.Tests.ClassicActions;

/// <summary>A project and a home of one test's own, and a session that stands in the project.</summary>
internal sealed class ClassicProject : IDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly ModuleSession _session = new();

    /// <summary>Makes a project whose operations run the test program.</summary>
    internal ClassicProject()
    {
        string program = $"dotnet '{BuiltFiles.TestProgram}'";
        _directory.Write("project/data.txt", "rows\n");
        _directory.Write("project/notes.py", "# notes\n");
        _directory.Write("project/guild.yml", $$$"""
            - model: m
              description: A model for tests
              sourcecode: '*.py'
              operations:
                say: {description: Say something, exec: "{{{program}}} print ${text}", flags: {text: {description: What to say, default: hello}}, requires: rows}
                fail: {exec: "{{{program}}} exit ${code}", flags: {code: 7}}
                train: {description: Train it, exec: "{{{program}}} print trained"}
                _hidden: {exec: "{{{program}}} print"}
                nothing: {exec: no-such-program-anywhere}
              resources:
                rows: {description: Some rows, sources: [{file: data.txt}]}
                secret: {private: yes, sources: [{file: data.txt}]}
            """);
        _session.Run("$null = $ExecutionContext.SessionState.Path.SetLocation($args[0])", Path);
    }

    internal string Path => System.IO.Path.Combine(_directory.Path, "project");

    internal string Home => System.IO.Path.Combine(_directory.Path, "home");

    internal ModuleSession Session => _session;

    /// <summary>Gives words to <c>guild</c> as they would be typed, with this project's home.</summary>
    internal ClassicResult Guild(string words)
    {
        _session.SetVariable("GuildTestHome", Home);
        SessionResult result = _session.Run($"guild -H $GuildTestHome {words}");
        return new ClassicResult(result, _session.GetVariable("LASTEXITCODE") as int?);
    }

    public void Dispose()
    {
        _session.Dispose();
        _directory.Dispose();
    }
}

/// <summary>What <c>guild</c> did at a prompt.</summary>
internal sealed record ClassicResult(SessionResult Streams, int? ExitCode)
{
    internal string[] Lines => [.. Streams.Text];

    /// <summary>What was said beside the results: notes and questions.</summary>
    internal string[] Notes => [.. Streams.Information.Where(r => r.Tags.Contains("GuildNote")).Select(r => r.MessageData.ToString() ?? "")];

    /// <summary>What the program printed.</summary>
    internal string[] Printed => [.. Streams.Information.Where(r => r.Tags.Contains("GuildOutput")).Select(r => r.MessageData.ToString() ?? "")];

    internal string Error => Assert.Single(Streams.Errors).ErrorDetails.Message;

    internal string ErrorId => Assert.Single(Streams.Errors).FullyQualifiedErrorId.Split(',')[0];
}
