using System.Text.RegularExpressions;
using Guild.PowerShell.Tests.Hosting;

namespace Guild.PowerShell.Tests.Docs;

/// <summary>What the documentation shows can be typed, and works.</summary>
public sealed partial class ExampleTests : IDisposable
{
    // The modules that come with pwsh have these, and the guild program has not.
    private static readonly HashSet<string> OnlyInPwsh = new(StringComparer.Ordinal)
    {
        "ConvertTo-Json", "Export-Csv", "Format-List", "Format-Table", "Get-ChildItem", "Get-Content", "Get-Credential", "Get-Date", "Import-Csv", "Join-Path", "Measure-Object", "Read-Host", "Select-Object", "Set-Location", "Sort-Object",
    };

    private static readonly HashSet<string> Known = [.. OnlyInPwsh, "ForEach-Object", "Where-Object", "Import-Module", "Get-Help", "guild"];

    private readonly TemporaryDirectory _directory = new();

    public static TheoryData<string> Pages => [.. DocumentationBlock.Pages.Where(page => DocumentationBlock.Of(page).Count > 0)];

    public static TheoryData<string> RunnablePages => [.. DocumentationBlock.Pages.Where(page => RunnableHere(page).Any())];

    [Theory]
    [MemberData(nameof(Pages))]
    public void Examples_are_PowerShell(string page) =>
        Assert.Equal("", string.Join('\n', DocumentationBlock.Of(page).SelectMany(block => block.SyntaxErrors())));

    [Theory]
    [MemberData(nameof(Pages))]
    public void Examples_name_commands_in_full(string page)
    {
        var exported = Exported().ToHashSet(StringComparer.Ordinal);
        var unknown = DocumentationBlock.Of(page)
            .SelectMany(block => block.Commands())
            .Where(command => !exported.Contains(command.Name) && !Known.Contains(command.Name))
            .Select(command => $"{command.Place}: {command.Name}");
        Assert.Equal("", string.Join('\n', unknown));
    }

    [Theory]
    [MemberData(nameof(RunnablePages))]
    public void Examples_run(string page)
    {
        var project = ExampleProject.CopyTo(Path.Combine(_directory.Path, "iris"));
        var script = $$"""
            $ErrorActionPreference = 'Stop'
            $env:GUILD_HOME = '{{_directory.Path}}/home'
            $ExecutionContext.SessionState.Path.SetLocation('{{project}}') > $null
            $null = Invoke-GuildOperation prepare -Quiet
            $null = Invoke-GuildOperation train -epochs 10 -Quiet
            $null = Invoke-GuildOperation evaluate -Quiet
            {{string.Join('\n', RunnableHere(page).Select(block => block.Code))}}
            # An error that an example has caught is no failure of the script; one that it has not ends the script before this.
            exit 0
            """;

        var run = ProcessRun.Script(script);

        Assert.Equal(("", 0), (run.Error, run.ExitCode));
    }

    [Fact]
    public void The_pipeline_of_the_example_runs_and_needs_nothing_the_second_time()
    {
        var project = ExampleProject.CopyTo(Path.Combine(_directory.Path, "iris"));
        var script = $$"""
            $ErrorActionPreference = 'Stop'
            $env:GUILD_HOME = '{{_directory.Path}}/home'
            $ExecutionContext.SessionState.Path.SetLocation('{{project}}') > $null
            $first = Invoke-GuildOperation pipeline -epochs 5 -Quiet
            $again = Invoke-GuildOperation pipeline -epochs 5 -Needed -Quiet
            if ("$($first.Status) $($first.Steps.Count)" -ne 'completed 3') { throw "$($first.Status) $($first.Steps.Count)" }
            if ($first.Steps.evaluate -ne $again.Steps.evaluate) { throw 'It was run again.' }
            if ((Get-GuildRun $first.Steps.evaluate).Scalars.accuracy -lt 0.5) { throw 'It has not learned.' }
            exit 0
            """;

        var run = ProcessRun.Script(script);

        Assert.Equal(("", 0), (run.Error, run.ExitCode));
    }

    public void Dispose() => _directory.Dispose();

    private static IEnumerable<DocumentationBlock> RunnableHere(string page) => DocumentationBlock.Of(page)
        .Where(block => block.IsRunnable && !block.Commands().Any(command => OnlyInPwsh.Contains(command.Name)));

    private static IEnumerable<string> Exported() => ExportedName().Matches(File.ReadAllText(BuiltFiles.Manifest)).Select(match => match.Groups[1].Value);

    [GeneratedRegex(@"'([A-Z][a-z]+-Guild\w+)'", RegexOptions.CultureInvariant)]
    private static partial Regex ExportedName();
}
