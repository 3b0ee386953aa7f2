using System.Text;
using System.Text.RegularExpressions;
using Guild.Engine.GuildFiles;
using Guild.Engine.Tests.Operations;

namespace Guild.Engine.Tests.GuildFiles;

/// <summary>The page <c>docs/design/guild-file-attributes.md</c> has every attribute that is read, and tests that are there and speak of it.</summary>
public sealed partial class AttributePageTests
{
    // A file with one item of each kind; which attributes each kind has is asked of what reads it.
    private const string EveryKind =
        """
        - package: p
        - include: part.yml
        - config: c
        - model: m
          sourcecode: {select: [{include: x}]}
          operations:
            op:
              exec: x
              flags: {f: {choices: [{value: 1}]}}
              requires: [{file: a, rename: {pattern: a, repl: b}}, {sources: [{url: 'http://x/y'}]}, {resource: r}]
              optimizers: {o: {}}
            all:
              steps: [{run: op, expect: {file: a}}]
          resources:
            r: {sources: [{operation: op}]}
        """;

    private static readonly (string Beginning, string Section)[] Sections =
    [
        ("package ", "Package"), ("an include", "Include"), ("model ", "Model"), ("operation ", "Operation"), ("flag ", "Flag"), ("a choice ", "Choice"),
        ("a requirement ", "Requirement"), ("resource ", "Resource"), ("a source ", "Source"), ("'rename' ", "Rename"), ("'sourcecode' ", "Source code"), ("a rule ", "Rule of source code"),
        ("optimizer ", "Optimizer"), ("a step ", "Step"), ("a check ", "Check of a step"),
    ];

    private static readonly string[] Lines = File.ReadAllLines(Path.Combine(TempProject.RepositoryRoot, "docs", "design", "guild-file-attributes.md"));

    [Fact]
    public void Every_attribute_that_is_read_is_on_the_page_in_its_section_and_no_other()
    {
        var onPage = Rows().GroupBy(r => r.Section).ToDictionary(g => g.Key, g => g.SelectMany(r => r.Names).Order(StringComparer.Ordinal).ToArray(), StringComparer.Ordinal);

        foreach (var (section, names) in Read())
        {
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

    // What the reader asks for, by the kind of item.
    private static SortedDictionary<string, string[]> Read()
    {
        using var folder = new GuildFileFolder();
        folder.Write("part.yml", "[]\n");
        var read = new List<Attributes>();
        var findings = new Findings(folder.PathOf("guild.yml")) { Watch = read.Add };
        var loader = new GuildFileLoader(PackageSearch.None, findings);
        var file = loader.Main(folder.PathOf("guild.yml"), Encoding.UTF8.GetBytes(EveryKind));
        _ = new ItemBinder(file, new(file, loader, findings), findings).Bind();
        Assert.Empty(findings.InFileOrder());

        var names = new SortedDictionary<string, string[]>(StringComparer.Ordinal);
        foreach (var group in read.GroupBy(a => Sections.First(s => a.Subject.StartsWith(s.Beginning, StringComparison.Ordinal)).Section))
        {
            names[group.Key] = [.. group.SelectMany(a => a.Known).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        }

        Assert.Equal(Sections.Length, names.Count);
        return names;
    }

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
