namespace Guild.PowerShell.Tests.Commands;

/// <summary>What a user is told when the record of a run cannot be kept.</summary>
public sealed class FaultTests(SharedSession shared) : CommandTests(shared)
{
    [Fact]
    public void A_run_that_deletes_its_own_record_is_one_error_that_says_how_its_program_ended()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        Write("erase/guild.yml", "erase: {exec: sh erase.sh}\n");
        Write("erase/erase.sh", "until [ -e .guild/output.index ]; do sleep 0.02; done\nrm -rf \"$RUN_DIR\"\nexit 5\n");

        var result = Run("Invoke-GuildOperation erase -Path erase");

        var error = Assert.Single(result.Errors);
        Assert.Equal("HomeUnusable", IdOf(error));
        Assert.Contains("ended with exit code 5, but its record cannot say so", error.ToString(), StringComparison.Ordinal);
        Assert.Empty(result.Output);
        Assert.Empty(result.Warnings);
    }
}
