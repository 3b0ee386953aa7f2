using System.Text.RegularExpressions;
using Guild.Engine.GuildFiles;
using Guild.Engine.Tests.Operations;

namespace Guild.Engine.Tests.GuildFiles;

/// <summary>The page <c>docs/design/guild-file-attributes.md</c> has every attribute that is read, and tests that are there and speak of it.</summary>
public sealed partial class AttributePageTests
{
    private static readonly (string Section, ItemAttributes[] Kinds)[] Sections =
    [
        ("Package", [ItemAttributes.Package]),
        ("Include", [ItemAttributes.Include]),
        ("Model", [ItemAttributes.Model]),
        ("Operation", [ItemAttributes.Operation]),
        ("Flag", [ItemAttributes.Flag]),
        ("Choice", [ItemAttributes.Choice]),
        ("Requirement", [ItemAttributes.NamedRequirement, ItemAttributes.InlineResource, ItemAttributes.InlineSource]),
        ("Resource", [ItemAttributes.Resource]),
        ("Source", [ItemAttributes.Source]),
        ("Rename", [ItemAttributes.Rename]),
        ("Source code", [ItemAttributes.SourceCode]),
        ("Rule of source code", [ItemAttributes.SourceCodeRule]),
        ("Optimizer", [ItemAttributes.Optimizer]),
        ("Step", [ItemAttributes.Step]),
        ("Check of a step", [ItemAttributes.FileCheck, ItemAttributes.OutputCheck]),
    ];

    private static readonly string[] Lines = File.ReadAllLines(Path.Combine(TempProject.RepositoryRoot, "docs", "design", "guild-file-attributes.md"));

    [Fact]
    public void Every_attribute_that_is_read_is_on_the_page_in_its_section_and_no_other()
    {
        var onPage = Rows().GroupBy(r => r.Section).ToDictionary(g => g.Key, g => g.SelectMany(r => r.Names).Order(StringComparer.Ordinal).ToArray(), StringComparer.Ordinal);

        Assert.Equal(ItemAttributes.All.ToHashSet(), Sections.SelectMany(s => s.Kinds).ToHashSet());
        foreach (var (section, kinds) in Sections)
        {
            var names = kinds.SelectMany(k => k.Names.Concat(k.OldNames)).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);
            Assert.True(onPage.ContainsKey(section), $"There is no section '{section}'.");
            Assert.Equal(names, onPage[section].Where(n => !n.StartsWith('$')));
        }
    }

    [Fact]
    public void Every_row_says_what_the_attribute_does_and_names_tests_that_speak_of_it()
    {
        var tests = Directory.EnumerateFiles(Path.Combine(TempProject.RepositoryRoot, "tests"), "*Tests.cs", SearchOption.AllDirectories)
            .GroupBy(f => Path.GetFileNameWithoutExtension(f), StringComparer.Ordinal)
            .ToDictionary(g => g.Key, g => string.Concat(g.Select(File.ReadAllText)), StringComparer.Ordinal);

        foreach (var row in Rows())
        {
            Assert.True(row.Meaning.Length > 3, $"{row.Section}: {row.Names[0]} says nothing.");
            Assert.True(row.Tests.Length > 0, $"{row.Section}: {row.Names[0]} names no test.");
            Assert.All(row.Tests, t => Assert.True(tests.ContainsKey(t), $"{row.Section}: {row.Names[0]}: there is no test class {t}."));
            Assert.All(row.Names, n => Assert.True(Array.Exists(row.Tests, t => Speaks(tests[t], n)), $"{row.Section}: no test of {string.Join(", ", row.Tests)} speaks of {n}."));
        }
    }

    private static bool Speaks(string test, string attribute) => Regex.IsMatch(test, $@"(?<![\w-]){Regex.Escape(attribute)}(?![\w-])", RegexOptions.CultureInvariant);

    private static IEnumerable<Row> Rows()
    {
        var section = "";
        foreach (var line in Lines)
        {
            if (line.StartsWith("## ", StringComparison.Ordinal))
            {
                section = line[3..].Trim();
            }
            else if (line.StartsWith("| `", StringComparison.Ordinal) && line.Split(" | ") is [var names, var meaning, var tests])
            {
                yield return new(section, Coded(names), meaning.Trim(), Coded(tests));
            }
        }
    }

    private static string[] Coded(string cell) => [.. InCode().Matches(cell).Select(m => m.Groups[1].Value)];

    [GeneratedRegex("`([^`]+)`", RegexOptions.CultureInvariant)]
    private static partial Regex InCode();

    private sealed record Row(string Section, string[] Names, string Meaning, string[] Tests);
}
