using System.Globalization;
using System.Text;
using Guild.Engine.GuildFiles;

namespace Guild.Engine.Tests.Faults;

/// <summary>Guild files that nobody should have written: each is a finding with its line, whatever its size says.</summary>
public sealed class GuildFileFaultTests : IDisposable
{
    private const long FewBytes = 200_000_000;

    private readonly string _folder = Directory.CreateTempSubdirectory("guild-file-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Aliases_that_stand_for_billions_of_values_are_refused_where_they_grow_too_many()
    {
        var text = new StringBuilder("op: {exec: 'true'}\na0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        for (var i = 1; i < 12; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $"a{i}: &a{i} [{string.Join(", ", Enumerable.Repeat($"*a{i - 1}", 10))}]\n");
        }

        Assert.InRange(Refused(text.ToString()).Position.Line, 3, 13);
    }

    [Theory]
    [InlineData("op:\n  exec: ", "[")]
    [InlineData("op:\n  flags: ", "{a: ")]
    [InlineData("op:\n\n- ", "- ")]
    public void Ten_thousand_levels_are_refused_at_their_line(string before, string level)
    {
        var finding = Refused(before + string.Concat(Enumerable.Repeat(level, 10_000)));

        Assert.InRange(finding.Position.Line, 2, 3);
    }

    [Fact]
    public void Levels_of_one_line_each_are_refused_at_the_line_that_is_too_deep()
    {
        var text = new StringBuilder("op:\n");
        for (var i = 1; i <= 5_000; i++)
        {
            text.Append(' ', i).Append("a:\n");
        }

        Assert.InRange(Refused(text.ToString()).Position.Line, 100, 2000);
    }

    [Fact]
    public void Fifty_megabytes_are_refused_without_being_read()
    {
        var line = Encoding.UTF8.GetBytes("# " + new string('x', 97) + "\n");
        using (var file = File.Create(Path.Combine(_folder, "guild.yml")))
        {
            for (var i = 0; i < 500_000; i++)
            {
                file.Write(line);
            }
        }

        Assert.Contains("large", Refused().Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("op:\n  exec: 'a\0b'\n", 2)]
    [InlineData("op: {exec: 'true'}\n\n\0\0\0\0", 3)]
    [InlineData("\0op: {exec: 'true'}\n", 1)]
    public void Zero_characters_are_refused_at_their_line(string text, int line) => Assert.Equal(line, Refused(text).Position.Line);

    [Theory]
    [InlineData("op: {exec: 'true'}\nop: {exec: 'false'}\n", 2)]
    [InlineData("op:\n  exec: 'true'\n  flags: {a: 1}\n  exec: 'false'\n", 4)]
    public void Keys_that_are_there_twice_are_told_at_the_second_and_the_last_counts(string text, int line)
    {
        File.WriteAllText(Path.Combine(_folder, "guild.yml"), text);
        var result = GuildFileReader.Read(_folder);

        Assert.Equal(("DuplicateKey", line), (Assert.Single(result.Diagnostics).Id, result.Diagnostics[0].Position.Line));
        Assert.Equal("false", result.File!.Models.Single().Operations.Single().Exec);
    }

    [Theory]
    [InlineData("op:\n\texec: 'true'\n", 2)]
    [InlineData("op:\n  flags:\n  \ta: 1\n", 3)]
    [InlineData("op:\n  exec: 'true'\n\tflags: {a: 1}\n", 3)]
    public void Tabs_that_indent_are_refused_at_their_line_and_called_tabs(string text, int line)
    {
        var finding = Refused(text);

        Assert.Equal(line, finding.Position.Line);
        Assert.Contains("tab", finding.Message, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("utf-8")]
    [InlineData("utf-16")]
    [InlineData("utf-16BE")]
    public void A_file_with_a_byte_order_mark_is_read(string encoding)
    {
        File.WriteAllText(Path.Combine(_folder, "guild.yml"), "größe:\n  exec: echo\n", Encoding.GetEncoding(encoding));
        var bytes = File.ReadAllBytes(Path.Combine(_folder, "guild.yml"));
        Assert.True(bytes[0] is 0xEF or 0xFF or 0xFE);

        var result = GuildFileReader.Read(_folder);

        Assert.Empty(result.Diagnostics);
        Assert.Equal("größe", result.File!.Models.Single().Operations.Single().Name);
    }

    [Fact]
    public void A_finding_behind_a_byte_order_mark_is_at_the_column_where_it_is()
    {
        File.WriteAllText(Path.Combine(_folder, "guild.yml"), "op: {exec: [}\n", new UTF8Encoding(encoderShouldEmitUTF8Identifier: true));

        Assert.Equal(new TextPosition(1, 13), GuildFileReader.Read(_folder).Diagnostics[0].Position);
    }

    [Fact]
    public void A_folder_of_that_name_is_no_Guild_file()
    {
        Directory.CreateDirectory(Path.Combine(_folder, "guild.yml"));

        Assert.Throws<GuildFileNotFoundException>(() => GuildFileReader.Read(_folder));
    }

    private Diagnostic Refused(string text)
    {
        File.WriteAllText(Path.Combine(_folder, "guild.yml"), text);
        return Refused();
    }

    private Diagnostic Refused()
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        var result = GuildFileReader.Read(_folder);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, FewBytes);
        Assert.Null(result.File);
        return result.Diagnostics.First(d => d.Severity == DiagnosticSeverity.Error);
    }
}
