using Guild.PowerShell.Tests.Hosting;

namespace Guild.PowerShell.Tests.Commands;

/// <summary>The values that runs logged.</summary>
public sealed class GetGuildScalarTests : CommandTests
{
    private readonly string _id;

    public GetGuildScalarTests(SharedSession shared)
        : base(shared)
    {
        Write("guild.yml", $"""
            - model: m
              sourcecode: no
              operations:
                log:
                  exec: 'dotnet "{BuiltFiles.TestProgram}" print "loss: 0.5" "acc: nan" "loss: 0.25" "acc: inf" "loss: 0.75" "acc: -inf"'
                quiet:
                  exec: 'dotnet "{BuiltFiles.TestProgram}" print nothing'
            """);
        Run("$null = Invoke-GuildOperation quiet -Quiet");
        _id = Assert.Single(Texts("(Invoke-GuildOperation log -Quiet).Id"));
    }

    [Fact]
    public void Every_value_comes_in_its_order()
    {
        Assert.Equal(["loss 0 0.5", "acc 0 NaN", "loss 1 0.25", "acc 1 Infinity", "loss 2 0.75", "acc 2 -Infinity"], Texts("Get-GuildScalar 1 | ForEach-Object { \"$($_.Name) $($_.Step) $($_.Value.ToString([cultureinfo]::InvariantCulture))\" }"));
    }

    [Fact]
    public void A_value_has_its_run_and_its_time()
    {
        var scalar = Run("Get-GuildScalar 1 loss").Output[0]!;

        Assert.Equal(_id, scalar.Properties["RunId"].Value);
        Assert.IsType<long>(scalar.Properties["Step"].Value);
        Assert.IsType<double>(scalar.Properties["Value"].Value);
        var time = Assert.IsType<DateTimeOffset>(scalar.Properties["Time"].Value);
        Assert.InRange(time, DateTimeOffset.Now.AddHours(-1), DateTimeOffset.Now.AddHours(1));
        Assert.Equal("loss: 0.5", scalar.ToString());
    }

    [Theory]
    [InlineData("loss", "loss")]
    [InlineData("L*", "loss logs/train#deep")]
    [InlineData("acc, loss", "loss acc")]
    [InlineData("none", "")]
    [InlineData("deep", "logs/train#deep")]
    [InlineData("logs/*", "logs/train#deep")]
    [InlineData("*", "loss acc logs/train#deep")]
    public void Scalars_are_chosen_by_name(string name, string expected)
    {
        var folder = Path.Combine(Texts("(Get-GuildRun 1).Path")[0], "logs", "train");
        System.IO.Directory.CreateDirectory(folder);
        var written = System.IO.Directory.EnumerateFiles(Path.Combine(Texts("(Get-GuildRun 1).Path")[0], ".guild"), "*tfevents*").Single();
        File.WriteAllBytes(Path.Combine(folder, Path.GetFileName(written)), Renamed(File.ReadAllBytes(written)));

        Assert.Equal(expected, string.Join(' ', Texts($"Get-GuildScalar 1 {name} | ForEach-Object Name").Distinct()));
    }

    [Fact]
    public void Runs_come_by_the_pipeline_and_one_bad_id_is_one_error()
    {
        Assert.Equal(6, Texts("Get-GuildRun | Get-GuildScalar").Count);
        Assert.Equal(3, Texts("Get-GuildRun | Get-GuildScalar -Name loss").Count);
        var result = Run("Get-GuildScalar 2, zz, 1 loss");
        Assert.Equal(3, result.Output.Count);
        Assert.Equal("RunNotFound", IdOf(Assert.Single(result.Errors)));
    }

    [Theory]
    [InlineData("Get-GuildRun 1 | Get-GuildScalar loss", "0.5 0.25 0.75")]
    [InlineData("Get-GuildRun 1 | Get-GuildScalar -Name loss", "0.5 0.25 0.75")]
    [InlineData("Get-GuildRun | Get-GuildScalar none, l*", "0.5 0.25 0.75")]
    [InlineData("Get-GuildScalar -InputObject (Get-GuildRun 1) loss", "0.5 0.25 0.75")]
    [InlineData("Get-GuildScalar 1 loss", "0.5 0.25 0.75")]
    [InlineData("Get-GuildScalar -Name loss 1", "0.5 0.25 0.75")]
    [InlineData("'1' | Get-GuildScalar loss", "0.5 0.25 0.75")]
    [InlineData("1, 2 | Get-GuildScalar loss", "0.5 0.25 0.75")]
    [InlineData("'1:2' | Get-GuildScalar loss", "0.5 0.25 0.75")]
    [InlineData("(Get-GuildRun).Id | Get-GuildScalar loss", "0.5 0.25 0.75")]
    [InlineData("(Get-GuildRun).Id | Get-GuildScalar -Name loss", "0.5 0.25 0.75")]
    [InlineData("Get-GuildRun | ForEach-Object { [pscustomobject]@{ Id = $_.Id } } | Get-GuildScalar loss", "0.5 0.25 0.75")]
    [InlineData("Get-GuildRun | ForEach-Object { [pscustomobject]@{ Id = $_.Id } } | Get-GuildScalar", "0.5 NaN 0.25 ∞ 0.75 -∞")]
    [InlineData("2, 1 | Get-GuildScalar", "0.5 NaN 0.25 ∞ 0.75 -∞")]
    [InlineData("@() | Get-GuildScalar loss", "")]
    public void A_word_behind_piped_runs_is_a_name_and_else_it_says_which_runs(string command, string values)
    {
        Assert.Equal(values.Replace("∞", "Infinity", StringComparison.Ordinal), string.Join(' ', Texts($"{command} | ForEach-Object {{ $_.Value.ToString([cultureinfo]::InvariantCulture) }}")));
    }

    [Fact]
    public void A_command_without_any_runs_says_how_they_are_given()
    {
        var error = Error("Get-GuildScalar -Name loss");

        Assert.Equal(("RequestInvalid", "Pipe them in from Get-GuildRun, or give their ids or places, as in Get-GuildScalar 1."), (IdOf(error), error.ErrorDetails.RecommendedAction));
    }

    [Fact]
    public void Two_words_behind_piped_runs_are_an_error_that_says_how_names_are_listed()
    {
        var error = Error("Get-GuildRun 1 | Get-GuildScalar loss acc");

        Assert.Equal(("RequestInvalid", "Give names as a list: loss, acc"), (IdOf(error), error.ErrorDetails.RecommendedAction));
        Assert.StartsWith("The runs come by the pipeline, so 'loss' names none", error.Exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void One_bad_id_in_the_pipeline_is_one_error_whether_or_not_a_name_stands_behind_it()
    {
        var plain = Run("'zz', 99, 1 | Get-GuildScalar -Name loss");
        var positional = Run("'zz', 99, 1 | Get-GuildScalar loss");

        Assert.Equal(["RunNotFound", "RunNotFound"], plain.Errors.Select(IdOf));
        Assert.Equal(["RunNotFound", "RunNotFound"], positional.Errors.Select(IdOf));
        Assert.All(positional.Errors, error => Assert.Contains("There is no run that '", error.Exception.Message, StringComparison.Ordinal));
        Assert.Equal((2, 3, 3), (positional.Errors.Count, positional.Output.Count, plain.Output.Count));
    }

    [Fact]
    public void Files_and_charts_of_piped_runs_are_chosen_by_the_word_behind_them()
    {
        Assert.Equal(["output", "output.index"], Texts("Get-GuildRun 1 | Get-GuildRunFile output* -IncludeRecord | ForEach-Object Name").Order(StringComparer.Ordinal));
        Assert.Equal(["loss, by step"], Texts("Get-GuildRun | Show-GuildScalar loss | Where-Object { $_ -match 'by step' }"));
        Assert.Equal("ScalarNotFound", IdOf(Error("Get-GuildRun 1 | Show-GuildScalar lass")));
    }

    [Fact]
    public void A_run_that_is_gone_is_an_error()
    {
        Assert.Equal("RunNotFound", IdOf(Error("$run = Get-GuildRun 1; Remove-GuildRun 1; $run | Get-GuildScalar")));
    }

    [Fact]
    public void A_summary_has_all_that_is_known_of_a_scalar()
    {
        var loss = Run("Get-GuildScalar 1 loss -Summary").Output.Single()!;

        Assert.Equal(
            [_id, "loss", 3L, 0.5, 0L, 0.75, 2L, 0.25, 1L, 0.75, 2L, 0.5, 1.5],
            new[] { "RunId", "Name", "Count", "First", "FirstStep", "Last", "LastStep", "Minimum", "MinimumStep", "Maximum", "MaximumStep", "Average", "Total" }
                .Select(name => loss.Properties[name].Value));
        Assert.Equal(["0.25", "1"], Texts("$run = Get-GuildRun 1; $run.ScalarSummary.loss.Minimum; $run.ScalarSummary.loss.MinimumStep"));
    }

    // The same records with the name of a folder's own: only the first value of "loss" is taken, under a name of the same length.
    private static byte[] Renamed(byte[] events)
    {
        var first = 12 + BitConverter.ToInt32(events) + 4;
        var second = first + 12 + BitConverter.ToInt32(events, first) + 4;
        var record = events[(first + 12)..(second - 4)];
        var at = record.AsSpan().IndexOf("loss"u8);
        "deep"u8.CopyTo(record.AsSpan(at));
        return [.. events[..(first + 12)], .. record, .. BitConverter.GetBytes(CheckSum(record))];
    }

    private static uint CheckSum(byte[] data)
    {
        var crc = uint.MaxValue;
        foreach (var value in data)
        {
            crc = System.Numerics.BitOperations.Crc32C(crc, value);
        }

        return System.Numerics.BitOperations.RotateRight(~crc, 15) + 0xa282ead8;
    }
}
