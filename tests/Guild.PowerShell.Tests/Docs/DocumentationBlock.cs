using System.Management.Automation.Language;
using System.Text.RegularExpressions;
using Guild.PowerShell.Tests.Hosting;

namespace Guild.PowerShell.Tests.Docs;

/// <summary>A block of PowerShell on a page of the documentation.</summary>
/// <param name="Page">The page, relative to the repository, with <c>/</c>.</param>
/// <param name="Line">The line of the page in which the code begins, from 1.</param>
/// <param name="IsRunnable">True if the page marks it as one that can be run in the example project.</param>
/// <param name="Code">The code.</param>
internal sealed partial record DocumentationBlock(string Page, int Line, bool IsRunnable, string Code)
{
    /// <summary>The pages with examples.</summary>
    internal static IEnumerable<string> Pages => new[] { "README.md" }
        .Concat(Directory.EnumerateFiles(Path.Combine(BuiltFiles.RepositoryRoot, "docs"), "*.md", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(BuiltFiles.RepositoryRoot, path).Replace('\\', '/')))
        .Order(StringComparer.Ordinal);

    /// <summary>The blocks of a page in order.</summary>
    internal static IReadOnlyList<DocumentationBlock> Of(string page)
    {
        var text = File.ReadAllText(Path.Combine(BuiltFiles.RepositoryRoot, page)).ReplaceLineEndings("\n");
        return [.. Fence().Matches(text).Select(match => new DocumentationBlock(
            page,
            text.AsSpan(0, match.Groups["code"].Index).Count('\n') + 1,
            match.Groups["run"].Success,
            match.Groups["code"].Value))];
    }

    /// <summary>What the parser finds wrong.</summary>
    internal IEnumerable<string> SyntaxErrors()
    {
        Parser.ParseInput(Code, out _, out var errors);
        return errors.Select(error => $"{At(error.Extent)}: {error.Message}");
    }

    /// <summary>The commands that the code calls, each with where it stands.</summary>
    internal IEnumerable<(string Name, string Place)> Commands()
    {
        var tree = Parser.ParseInput(Code, out _, out _);
        return tree.FindAll(node => node is CommandAst, searchNestedScriptBlocks: true)
            .Cast<CommandAst>()
            .Select(command => (command.GetCommandName() ?? "", At(command.Extent)));
    }

    private string At(IScriptExtent extent) => $"{Page}:{Line + extent.StartLineNumber - 1}";

    [GeneratedRegex(@"^```powershell(?<run> run)?\n(?<code>.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline | RegexOptions.CultureInvariant)]
    private static partial Regex Fence();
}
