namespace Guild.PowerShell.Tests.Commands;

public sealed class NewGuildSpaceTests(SharedSession shared) : CommandTests(shared)
{
    [Theory]
    [InlineData("1 8", "uniform[1:8]")]
    [InlineData("-Minimum 1e-5 -Maximum 1 -Distribution LogUniform", "loguniform[1e-05:1]")]
    [InlineData("0 1.0 -Initial 0.5", "uniform[0:1.0:0.5]")]
    [InlineData("-Choice sgd, adam", "[sgd, adam]")]
    [InlineData("-Choice 1, 2.5, $null, $true", "[1, 2.5, null, yes]")]
    public void A_space_reads_as_it_is_written_in_Guild_files(string arguments, string text)
    {
        Assert.Equal([text, text], Texts($"$s = New-GuildSpace {arguments}; \"$s\"; $s.Text"));
    }

    [Theory]
    [InlineData("2 1", "greater")]
    [InlineData("0 1 -Distribution LogUniform", "logarithmic")]
    [InlineData("0 1 -Initial 3", "initial")]
    [InlineData("a 1", "must be a number")]
    public void A_space_that_cannot_be_drawn_from_is_an_error(string arguments, string message)
    {
        var error = Error($"New-GuildSpace {arguments}");

        Assert.Equal("RequestInvalid", IdOf(error));
        Assert.Contains(message, error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Ranges_come_by_the_names_of_properties()
    {
        Assert.Equal(["uniform[1:2]", "loguniform[0.1:5]"], Texts("[pscustomobject]@{ Minimum = 1; Maximum = 2 }, [pscustomobject]@{ Minimum = '0.1'; Maximum = '5'; Distribution = 'LogUniform' } | New-GuildSpace | ForEach-Object ToString"));
    }

    [Fact]
    public void Values_of_the_pipeline_are_one_choice()
    {
        Assert.Equal(["3 1,2,3"], Texts("$s = 1..3 | New-GuildSpace; \"$($s.Choices.Count) $($s.Choices -join ',')\""));
    }
}
