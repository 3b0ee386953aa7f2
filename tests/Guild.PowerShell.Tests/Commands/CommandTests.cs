using System.Management.Automation;
using Guild.PowerShell.Tests.Hosting;

namespace Guild.PowerShell.Tests.Commands;

/// <summary>
/// The base of tests of cmdlets: a session whose location is a project of the test's own, with a Guild home beside the Guild file. The process's own
/// current directory is another one all the time.
/// </summary>
public abstract class CommandTests : IClassFixture<SharedSession>, IDisposable
{
    // The session has the Core cmdlets only, and Set-Location is not among them.
    private const string Prelude = """
        function Go($path) { $null = $ExecutionContext.SessionState.Path.SetLocation([WildcardPattern]::Escape($path)) }
        Go $global:TestLocation
        $ProgressPreference = 'Continue'
        """;

    private readonly SharedSession _shared;
    private readonly TemporaryDirectory _directory = new();

    protected CommandTests(SharedSession shared)
    {
        ArgumentNullException.ThrowIfNull(shared);
        _shared = shared;
        System.IO.Directory.CreateDirectory(Home);
        System.IO.Directory.CreateDirectory(Elsewhere);
        Write("guild.yml", TestGuildFile.Text);
        Write("data.txt", "data\n");
    }

    protected string Directory => _directory.Path;

    protected string Home => Path.Combine(Directory, ".guild");

    // Below the home of the test, so that what runs from here does not end up in that of the user.
    private string Elsewhere => Path.Combine(Home, "elsewhere");

    protected string Write(string name, string text) => _directory.Write(name, text);

    /// <summary>What a command says with <c>-WhatIf</c>, a line each. PowerShell writes that to the host, which a session of tests does not have.</summary>
    internal string[] WhatIf(string command)
    {
        var said = HostRun.Script($"Import-Module '{BuiltFiles.Manifest}'; $null = $ExecutionContext.SessionState.Path.SetLocation([WildcardPattern]::Escape('{Directory}')); {command} -WhatIf");
        Assert.Equal("", said.Error);
        return said.Lines;
    }

    /// <summary>Runs a script in the project's folder.</summary>
    internal SessionResult Run(string script, params object?[] arguments)
    {
        _shared.Session.SetVariable("TestLocation", Directory);
        _shared.Session.SetVariable("TestElsewhere", Elsewhere);
        return _shared.Session.Run($"{Prelude}\n{script}", arguments);
    }

    /// <summary>Runs a script that must not report any error, and gives its output as text.</summary>
    internal IReadOnlyList<string> Texts(string script, params object?[] arguments)
    {
        var result = Run(script, arguments);
        Assert.Empty(result.Errors.Select(e => e.ToString()));
        return [.. result.Text];
    }

    /// <summary>The only error of a script.</summary>
    internal ErrorRecord Error(string script, params object?[] arguments) => Assert.Single(Run(script, arguments).Errors);

    /// <summary>The id of an error, without the name of the cmdlet.</summary>
    internal static string IdOf(ErrorRecord error) => error.FullyQualifiedErrorId.Split(',')[0];

    /// <summary>The object behind what PowerShell wraps, as text.</summary>
    internal static string? TargetOf(ErrorRecord error) => error.TargetObject?.ToString();

    /// <summary>Every file below the home with its text and time, to see that nothing was changed.</summary>
    protected IReadOnlyDictionary<string, string> Store() => System.IO.Directory
        .EnumerateFileSystemEntries(Home, "*", SearchOption.AllDirectories)
        .ToDictionary(
            path => path,
            path => File.Exists(path) ? $"{File.GetLastWriteTimeUtc(path):O} {Convert.ToHexString(File.ReadAllBytes(path))}" : "folder",
            StringComparer.Ordinal);

    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool isDisposing)
    {
        if (isDisposing)
        {
            _directory.Dispose();
        }
    }
}
