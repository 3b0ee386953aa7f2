using System.Globalization;

namespace Guild.PowerShell.Tests.Commands;

/// <summary>Runs beside each other, as rows and as differences.</summary>
public sealed class CompareGuildRunTests : CommandTests
{
    private const string Columns = "ForEach-Object { ($_.PSObject.Properties | ForEach-Object Name) -join ' ' }";

    // Newest first: scalars, other, say.
    private readonly string[] _ids;

    public CompareGuildRunTests(SharedSession shared)
        : base(shared)
    {
        Run("""
            $null = Invoke-GuildOperation say -Label 'first run' -Tag red -Quiet
            $null = Invoke-GuildOperation n:other -Label third -Quiet
            $null = Invoke-GuildOperation scalars -Quiet
            """);
        _ids = [.. Texts("Get-GuildRun | ForEach-Object Id")];
    }

    [Fact]
    public void Each_run_has_all_columns_of_all_runs()
    {
        var columns = Texts($"Compare-GuildRun | {Columns}");

        Assert.Equal(3, columns.Count);
        Assert.Single(columns.Distinct());
        Assert.Equal("Run Operation Started Time Status Label step loss count flip kind rate tag text x.y Id", columns[0]);
    }

    [Fact]
    public void Values_keep_their_types_and_are_null_where_a_run_has_none()
    {
        var rows = Run("Compare-GuildRun").Output;

        Assert.Equal(["m:scalars", "n:other", "m:say"], rows.Select(row => row!.Properties["Operation"].Value));
        Assert.Equal([0.25, null, null], rows.Select(row => row!.Properties["loss"].Value));
        Assert.Equal([1, null, null], rows.Select(row => row!.Properties["step"].Value));
        Assert.Equal([null, null, 0.1], rows.Select(row => row!.Properties["rate"].Value));
        Assert.Equal([null, null, false], rows.Select(row => row!.Properties["flip"].Value));
        Assert.Equal(_ids, rows.Select(row => row!.Properties["Id"].Value));
        Assert.Equal(_ids.Select(id => id[..8]), rows.Select(row => row!.Properties["Run"].Value));
        Assert.All(rows, row => Assert.IsType<DateTimeOffset>(row!.Properties["Started"].Value));
        Assert.All(rows, row => Assert.IsType<TimeSpan>(row!.Properties["Time"].Value));
    }

    [Theory]
    [InlineData("1", "m:scalars")]
    [InlineData("3, 1", "m:say m:scalars")]
    [InlineData("2:3", "n:other m:say")]
    public void Runs_are_named_by(string words, string expected)
    {
        Assert.Equal(expected, string.Join(' ', Texts($"Compare-GuildRun {words} | ForEach-Object Operation")));
    }

    [Fact]
    public void Runs_come_by_the_pipeline_and_rows_go_on_by_it()
    {
        Assert.Equal(["m:say", "n:other"], Texts("Get-GuildRun 3, 2 | Compare-GuildRun | ForEach-Object Operation"));
        Assert.Equal([_ids[0]], Texts("Compare-GuildRun | Where-Object { $_.loss -gt 0.1 } | Get-GuildRun | ForEach-Object Id"));
        Assert.Equal(["m:scalars"], Texts("Compare-GuildRun | Where-Object loss -gt 0.1 | Compare-GuildRun | ForEach-Object Operation"));
    }

    [Fact]
    public void One_bad_id_among_three_is_one_error()
    {
        var result = Run("Compare-GuildRun 1, zz, 3 | ForEach-Object Operation");

        Assert.Equal(["m:scalars", "m:say"], result.Text);
        Assert.Equal(("RunNotFound", "zz"), (IdOf(Assert.Single(result.Errors)), TargetOf(result.Errors[0])));
    }

    [Theory]
    [InlineData("-Column '=rate as r, .label', 'first loss'", "Run r label first loss Id")]
    [InlineData("-Column =rate, =rate", "Run rate Id")]
    [InlineData("-SkipOperationColumn", "Run Operation Started Time Status Label Id")]
    [InlineData("-SkipOperationColumn -SkipCore -ExtraColumn .host, .run", "Run host Id")]
    [InlineData("-SkipOperationColumn -ExtraColumn .label, .LABEL", "Run Operation Started Time Status Label attr:LABEL Id")]
    [InlineData("-Column '=rate as status, .status'", "Run status Id")]
    [InlineData("-Column 'loss as \"two words\"'", "Run two words Id")]
    [InlineData("-Column .id", "Run attr:id Id")]
    public void Columns_are_chosen_by(string words, string expected)
    {
        Assert.Equal(expected, Texts($"Compare-GuildRun {words} | {Columns}")[0]);
    }

    [Fact]
    public void A_column_that_cannot_be_understood_ends_the_command()
    {
        var result = Run("Compare-GuildRun -Column '=rate', 'loss as'");

        Assert.Empty(result.Output);
        Assert.Equal(("ColumnInvalid", "loss as"), (IdOf(Assert.Single(result.Errors)), TargetOf(result.Errors[0])));
        Assert.Contains("position 6", result.Errors[0].ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Columns_with_one_value_can_be_left_out()
    {
        Assert.Equal(["Run Operation Started Label Id"], Texts($"Compare-GuildRun -SkipOperationColumn -SkipUnchanged | {Columns}").Select(text => text.Replace("Time ", "", StringComparison.Ordinal)).Distinct());
    }

    [Fact]
    public void A_table_is_text_with_all_columns()
    {
        var lines = Texts("Compare-GuildRun -Column .operation, loss, =rate -Table");

        Assert.Equal(["Run operation loss rate", $"{_ids[0][..8]} m:scalars 0.25", $"{_ids[1][..8]} n:other", $"{_ids[2][..8]} m:say 0.1"], lines.Select(OneSpaced));
    }

    [Fact]
    public void The_view_shows_what_is_compared()
    {
        var shown = Texts("[Guild.PowerShell.Views.ViewText]::ComparedValues((Compare-GuildRun 1))");

        Assert.Equal(["step=1 loss=0.25"], shown);
    }

    [Fact]
    public void The_columns_of_the_Guild_file_are_those_of_today()
    {
        Write("guild.yml", System.IO.File.ReadAllText(Path.Combine(Directory, "guild.yml")).Replace("            scalars:\n", "", StringComparison.Ordinal)
            .Replace("    other:\n", "    other:\n      compare: [=only-here as mine, .label as mine2]\n", StringComparison.Ordinal));

        Assert.Equal("Run mine mine2 Id", Texts($"Compare-GuildRun 2 -SkipCore | {Columns}")[0]);
    }

    [Fact]
    public void Two_runs_differ_in_flags_files_and_output()
    {
        Run("$null = Invoke-GuildOperation say -Flag @{ text = 'other words'; count = 2 } -Quiet");

        var differences = Texts("Compare-GuildRun 4, 1 -Difference | Where-Object Kind -in flag, output | ForEach-Object { \"$($_.Kind) $($_.Name) $($_.Change) $($_.ReferenceValue) $($_.DifferenceValue)\" }");

        Assert.Contains("flag text changed hello other words", differences);
        Assert.Contains("flag count changed 1 2", differences);
        Assert.Contains(differences, line => line.StartsWith("output ", StringComparison.Ordinal));
        Assert.Equal([_ids[2]], Texts("Compare-GuildRun 4, 1 -Difference | ForEach-Object ReferenceId").Distinct());
        Assert.Contains("label: changed", string.Join('\n', Texts("Compare-GuildRun 4, 3 -Difference")), StringComparison.Ordinal);
    }

    [Fact]
    public void Without_runs_the_latest_two_are_the_ones_that_differ()
    {
        Assert.Equal([$"{_ids[1]} {_ids[0]}"], Texts("Compare-GuildRun -Difference | ForEach-Object { \"$($_.ReferenceId) $($_.DifferenceId)\" }").Distinct());
        Assert.Equal([$"{_ids[0]} {_ids[2]}"], Texts("Get-GuildRun 1, 3 | Compare-GuildRun -Difference | ForEach-Object { \"$($_.ReferenceId) $($_.DifferenceId)\" }").Distinct());
    }

    [Theory]
    [InlineData("Compare-GuildRun 1 -Difference", "is one")]
    [InlineData("Compare-GuildRun 1, 2, 3 -Difference", "are 3")]
    [InlineData("Compare-GuildRun 1, 2 -Difference -Column loss", "-Column")]
    public void Differences_need_two_runs_and_no_columns(string command, string expected)
    {
        var error = Error(command);

        Assert.Equal("RequestInvalid", IdOf(error));
        Assert.Contains(expected, error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_home_without_runs_compares_nothing()
    {
        Run("Remove-GuildRun : ");
        Assert.Empty(Texts("Compare-GuildRun"));
        Assert.Empty(Texts("Compare-GuildRun -Table"));
    }

    private static string OneSpaced(string line) => string.Join(' ', line.Split(' ', StringSplitOptions.RemoveEmptyEntries)).ToString(CultureInfo.InvariantCulture);
}
