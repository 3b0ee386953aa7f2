using System.Management.Automation;

namespace Guild.PowerShell.Tests.Commands;

/// <summary>What is found in Guild files, as errors, warnings and objects.</summary>
public sealed class TestGuildFileTests(SharedSession shared) : CommandTests(shared)
{
    private const string Bad = """
        - model: m
          colour: red
          extends: bsae
          operations:
            train:
              main: "'open"
              requires: [{file: data.txt, sha256: 0e12}]
        - config: base
        """;

    [Fact]
    public void A_good_file_gives_true_whether_it_is_named_or_its_folder_or_nothing() =>
        Assert.Equal(["True", "True", "True"], Texts("Test-GuildFile; Test-GuildFile .; Test-GuildFile ./guild.yml"));

    [Fact]
    public void All_findings_come_at_once_in_file_order_errors_as_errors_and_warnings_as_warnings()
    {
        Write("guild.yml", Bad);

        var result = Run("Test-GuildFile");

        Assert.Equal([false], result.Output.Select(o => o!.BaseObject));
        Assert.Equal(
            [("InvalidReference", 3, 12), ("InvalidCommand", 6, 13), ("InvalidSha256", 7, 43)],
            result.Errors.Select(e => (Of(e, "Id"), (int)Of(e, "Line")!, (int)Of(e, "Column")!)).Select(f => ((string)f.Item1!, f.Item2, f.Item3)));
        Assert.All(result.Errors, e => Assert.Equal(("GuildFileInvalid", ErrorCategory.ParserError, Directory), (IdOf(e), e.CategoryInfo.Category, TargetOf(e))));
        Assert.StartsWith($"{Path.Combine(Directory, "guild.yml")}(3,12): ", result.Errors[0].ToString(), StringComparison.Ordinal);
        Assert.EndsWith("(UnknownAttribute)", Assert.Single(result.Warnings).ToString(), StringComparison.Ordinal);
        Assert.Contains("quote it", result.Errors[2].ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_with_warnings_alone_can_be_used()
    {
        Write("guild.yml", "- model: m\n  colour: red\n");

        Assert.Equal(["True"], Texts("Test-GuildFile -WarningAction Ignore"));
    }

    [Fact]
    public void Findings_as_objects_say_severity_id_file_and_place()
    {
        Write("guild.yml", "- include: part.yml\n- model: m\n  colour: red\n");
        Write("part.yml", "- model: [\n");

        var result = Run("Test-GuildFile -PassThru");

        Assert.Empty(result.Errors);
        Assert.Empty(result.Warnings);
        Assert.Equal(
            [("Warning", "UnknownAttribute", "guild.yml", 3, 3), ("Error", "InvalidYaml", "part.yml", 2, 1)],
            result.Output.Select(o => (
                (string)o!.Properties["Severity"].Value,
                (string)o.Properties["Id"].Value,
                Path.GetFileName((string)o.Properties["Path"].Value),
                (int)o.Properties["Line"].Value,
                (int)o.Properties["Column"].Value)));
        Assert.All(result.Output, o => Assert.Equal(Directory, o!.Properties["TestedPath"].Value));
    }

    [Fact]
    public void One_bad_path_among_others_does_not_end_the_test_of_the_others()
    {
        Write("a/guild.yml", "train: train\n");
        Write("empty/x", "");

        var result = Run("'a', 'empty', 'nowhere', '.' | Test-GuildFile");

        Assert.Equal([true, true], result.Output.Select(o => o!.BaseObject));
        Assert.Equal(["GuildFileNotFound", "GuildFileNotFound"], result.Errors.Select(IdOf));
    }

    [Fact]
    public void Wildcards_are_resolved_and_literal_paths_are_not()
    {
        Write("p1/guild.yml", "train: train\n");
        Write("p2/guild.yml", "train: [\n");
        Write("p[12]/guild.yml", "train: train\n");

        Assert.Equal(["True", "False"], Run("Test-GuildFile 'p[12]'").Text);
        Assert.Equal(["True"], Texts("Test-GuildFile -LiteralPath 'p[12]'"));
    }

    [Fact]
    public void Without_a_Guild_file_in_the_current_folder_the_command_ends_with_an_error()
    {
        File.Delete(Path.Combine(Directory, "guild.yml"));

        Assert.Equal("GuildFileNotFound", IdOf(Error("Test-GuildFile")));
    }

    [Fact]
    public void Operations_can_be_piped_in() => Assert.Equal(["True"], Texts("(Get-GuildOperation)[0] | Test-GuildFile"));

    private static object? Of(ErrorRecord error, string property)
    {
        var finding = error.Exception.GetType().GetProperty("Finding")!.GetValue(error.Exception)!;
        return finding.GetType().GetProperty(property)!.GetValue(finding);
    }
}
