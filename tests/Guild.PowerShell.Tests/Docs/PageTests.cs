using System.Management.Automation;
using System.Text.RegularExpressions;
using Guild.PowerShell.Tests.Hosting;

namespace Guild.PowerShell.Tests.Docs;

/// <summary>The pages of the documentation agree with the module and with each other.</summary>
public sealed partial class PageTests
{
    private static readonly string[] Switches = ["WhatIf", "Confirm"];

    [Fact]
    public void Each_cmdlet_has_a_page_with_its_parameters_and_no_others()
    {
        using var session = new ModuleSession();
        var cmdlets = session.Run("Get-Command -Module Guild -CommandType Cmdlet").Output.Select(item => (CmdletInfo)item!.BaseObject);

        var differences = cmdlets.Select(cmdlet => (cmdlet.Name, Expected: Parameters(cmdlet), Found: ParametersOnPage(cmdlet.Name)))
            .Where(entry => entry.Expected != entry.Found)
            .Select(entry => $"{entry.Name}: expected {entry.Expected}, found {entry.Found}");

        Assert.Equal("", string.Join('\n', differences));
    }

    [Fact]
    public void Links_between_pages_lead_to_files()
    {
        var broken = from page in DocumentationBlock.Pages.Concat(["CONTRIBUTING.md", "CHANGELOG.md"])
                     let folder = Path.GetDirectoryName(Path.Combine(BuiltFiles.RepositoryRoot, page))!
                     from Match link in Link().Matches(WithoutCode(File.ReadAllText(Path.Combine(BuiltFiles.RepositoryRoot, page))))
                     let target = link.Groups[1].Value
                     where !target.StartsWith("http", StringComparison.Ordinal) && !Path.Exists(Path.Combine(folder, target))
                     select $"{page}: {target}";

        Assert.Equal("", string.Join('\n', broken));
    }

    private static string Parameters(CmdletInfo cmdlet) => string.Join(' ', cmdlet.Parameters.Values
        .Where(parameter => Switches.Contains(parameter.Name, StringComparer.Ordinal) || !Cmdlet.CommonParameters.Contains(parameter.Name))
        .Where(parameter => parameter.Attributes.OfType<ParameterAttribute>().Any(attribute => !attribute.DontShow))
        .Select(parameter => parameter.Name)
        .Order(StringComparer.Ordinal));

    private static string ParametersOnPage(string cmdlet)
    {
        var path = Path.Combine(BuiltFiles.RepositoryRoot, "docs", "cmdlets", $"{cmdlet}.md");
        return File.Exists(path)
            ? string.Join(' ', ParameterHeading().Matches(File.ReadAllText(path)).Select(match => match.Groups[1].Value).Order(StringComparer.Ordinal))
            : "no page";
    }

    private static string WithoutCode(string text) => Code().Replace(text, "");

    [GeneratedRegex(@"^### -(\w+)\r?$", RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex ParameterHeading();

    [GeneratedRegex(@"\]\(([^)#\s]+)(?:#[^)\s]*)?\)", RegexOptions.CultureInvariant)]
    private static partial Regex Link();

    [GeneratedRegex(@"^```.*?^```\r?$|`[^`\n]*`", RegexOptions.Multiline | RegexOptions.Singleline | RegexOptions.CultureInvariant)]
    private static partial Regex Code();
}
