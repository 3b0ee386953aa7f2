using System.Management.Automation;
using System.Text.RegularExpressions;
using Guild.PowerShell.Tests.Hosting;

namespace Guild.PowerShell.Tests.Help;

/// <summary>From a page in Markdown to what <c>Get-Help</c> shows, on a copy of the module that exports one cmdlet more.</summary>
public sealed class HelpTests : IDisposable
{
    private const string Page = """
        # Invoke-GuildCommand

        ## Synopsis

        Does what the *classic* words say.

        ## Description

        The first paragraph, which
        goes on in another line.

        - one point
        - another, with `code`

        ## Parameters

        ### -ArgumentList

        The words after `guild`.

        ## Examples

        ### Ask for the version

        ```powershell
        Invoke-GuildCommand --version
        ```

        Prints one line.

        ## Inputs

        None.

        ## Outputs

        ### System.String

        Never.

        ## Notes

        Mind the gap.

        ## Links

        - [about_Guild](../about/about_Guild.md)
        - [The site](https://example.org/x)
        """;

    private readonly TemporaryDirectory _directory = new();

    [Fact]
    public void A_page_becomes_what_Get_Help_shows()
    {
        BuildModule(Page);

        ProcessRun run = Help("Invoke-GuildCommand -Full");

        Assert.Equal("", run.Error);
        string[] expected =
        [
            "Does what the classic words say.",
            "The first paragraph, which goes on in another line.",
            "- another, with code",
            "Invoke-GuildCommand [-ArgumentList <Object[]>] [<CommonParameters>]",
            "The words after guild.",
            "Example 1: Ask for the version",
            "Invoke-GuildCommand --version",
            "Prints one line.",
            "Mind the gap.",
            "https://example.org/x",
        ];
        Assert.All(expected, text => Assert.Contains(text, run.Output, StringComparison.Ordinal));
    }

    [Fact]
    public void A_parameter_has_its_text_and_its_facts()
    {
        BuildModule(Page);

        ProcessRun run = Help("Invoke-GuildCommand -Parameter ArgumentList");

        Assert.Contains("The words after guild.", run.Output, StringComparison.Ordinal);
        Assert.Matches(@"Required\?\s+false", run.Output);
        Assert.Matches(@"Position\?\s+named", run.Output);
        Assert.Matches(@"Accept pipeline input\?\s+False", run.Output);
    }

    [Fact]
    public void A_topic_is_found_by_its_name()
    {
        _directory.Write("docs/about/about_Guild.md", "# about_Guild\n\nWhat Guild is, in a line.\n\nMore of it.\n\n## A part\n\nIts text.\n\n```yaml\na: 1\n```\n");
        BuildModule(Page);

        ProcessRun run = Help("about_Guild");

        Assert.Equal("", run.Error);
        Assert.Contains("    What Guild is, in a line.", run.Output, StringComparison.Ordinal);
        Assert.Contains("A PART\n    Its text.\n\n        a: 1\n", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_page_about_no_cmdlet_fails_the_build()
    {
        ProcessRun run = BuildHelp(Page.Replace("# Invoke-GuildCommand", "# Invoke-Nothing", StringComparison.Ordinal));

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("error HELP001: There is no cmdlet 'Invoke-Nothing'.", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_page_without_a_synopsis_fails_the_build()
    {
        ProcessRun run = BuildHelp(Page.Replace("## Synopsis", "## Summary", StringComparison.Ordinal));

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("'## Synopsis' is missing", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_exported_cmdlet_has_help_for_itself_and_for_each_of_its_parameters()
    {
        using var session = new ModuleSession();
        IEnumerable<CmdletInfo> cmdlets = session.Run("Get-Command -Module Guild -CommandType Cmdlet").Output.Select(item => (CmdletInfo)item!.BaseObject);
        IEnumerable<string> missing = cmdlets.SelectMany(cmdlet => Missing(session, cmdlet));

        Assert.Equal("", string.Join('\n', missing));
    }

    public void Dispose() => _directory.Dispose();

    private static IEnumerable<string> Missing(ModuleSession session, CmdletInfo cmdlet)
    {
        SessionResult help = session.Run("""
            $help = Get-Help $args[0].Name
            if (-not $help.description) { "$($args[0].Name): no page" }
            if (@($help.examples.example).Count -lt 2) { "$($args[0].Name): fewer than two examples" }
            foreach ($parameter in $help.parameters.parameter) {
                if (-not $parameter.description) { "$($args[0].Name): nothing about -$($parameter.name)" }
            }
            """, cmdlet);
        return help.Text.Concat(help.Errors.Select(error => $"{cmdlet.Name}: {error}"));
    }

    private ProcessRun Help(string arguments) =>
        ProcessRun.Script($"Import-Module '{Path.Combine(_directory.Path, "Guild", "Guild.psd1")}'; Get-Help {arguments}");

    private void BuildModule(string page)
    {
        string module = Path.Combine(_directory.Path, "Guild");
        foreach (string source in Directory.EnumerateFiles(BuiltFiles.ModuleDirectory, "*", SearchOption.AllDirectories))
        {
            string target = Path.Combine(module, Path.GetRelativePath(BuiltFiles.ModuleDirectory, source));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(source, target);
        }

        string manifest = Path.Combine(module, "Guild.psd1");
        File.WriteAllText(manifest, Regex.Replace(File.ReadAllText(manifest), @"CmdletsToExport = @\([^)]*\)", "CmdletsToExport = @('Invoke-GuildCommand')"));
        Assert.Equal(("", 0), (BuildHelp(page) is var run ? run.Error : "", run.ExitCode));
    }

    private ProcessRun BuildHelp(string page)
    {
        _directory.Write("docs/cmdlets/Invoke-GuildCommand.md", page);
        string[] words =
        [
            BuiltFiles.HelpBuilder,
            Path.Combine(BuiltFiles.ModuleDirectory, "Guild.PowerShell.dll"),
            Path.Combine(BuiltFiles.ModuleDirectory, "Dependencies"),
            Path.Combine(_directory.Path, "docs"),
            Path.Combine(_directory.Path, "Guild", "en-US"),
        ];
        return ProcessRun.Finish(ProcessRun.Start("dotnet", words));
    }
}
