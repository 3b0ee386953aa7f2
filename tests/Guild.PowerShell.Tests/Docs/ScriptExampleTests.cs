using Guild.PowerShell.Tests.Hosting;

namespace Guild.PowerShell.Tests.Docs;

/// <summary>The scripts of <c>examples/scripts</c> run as their page says, with flags that come from their code.</summary>
public sealed class ScriptExampleTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public ScriptExampleTests()
    {
        foreach (var path in Directory.EnumerateFiles(Path.Combine(BuiltFiles.RepositoryRoot, "examples", "scripts")))
        {
            File.Copy(path, Path.Combine(_directory.Path, Path.GetFileName(path)));
        }
    }

    [Theory]
    [InlineData("fit.py -steps 300 -loss squared -shuffle $true", "slope: 2.0000\nintercept: 1.0000")]
    [InlineData("walk.py -Flag @{ steps = 1; stride = 3 }", "distance: 3.00")]
    [InlineData("./roll.ps1 -Count 1 -Sides 4 -Seed 1 -Sum $true", "rolls: 1\ntotal: 1")]
    public void A_script_runs_with_flags_of_its_own(string words, string expected)
    {
        var run = ProcessRun.Script(
            $$"""
            $ErrorActionPreference = 'Stop'
            $env:GUILD_HOME = '{{_directory.Path}}/home'
            $ExecutionContext.SessionState.Path.SetLocation('{{_directory.Path}}') > $null
            $run = Invoke-GuildOperation {{words}} -Quiet
            (Get-GuildRunOutput $run.Id).Text
            exit 0
            """);

        Assert.Equal(("", expected), (run.Error, run.Output.ReplaceLineEndings("\n").Trim()));
    }

    public void Dispose() => _directory.Dispose();
}
