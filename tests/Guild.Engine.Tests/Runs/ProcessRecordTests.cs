using System.Diagnostics;
using Guild.Engine.Runs;

namespace Guild.Engine.Tests.Runs;

public sealed class ProcessRecordTests
{
    [Fact]
    public void What_is_written_is_read_again()
    {
        var record = new ProcessRecord(4000, 123456, "boot", "here", 3000, 99);
        Assert.Equal(record, ProcessRecord.Parse(record.Format()));
        Assert.Equal("boot: boot\nhost: here\npid: 4000\nstart: 123456\nsupervisor: 3000\nsupervisor_start: 99\n", record.Format());
    }

    [Fact]
    public void The_set_of_numbers_is_written_where_there_is_more_than_one()
    {
        var record = new ProcessRecord(4000, 123456, "boot", "here", 3000, 99) { Namespace = "pid:[7]" };
        Assert.Equal(record, ProcessRecord.Parse(record.Format()));
        Assert.Contains("namespace: pid:[7]\n", record.Format(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_program_that_is_not_started_yet_has_no_id()
    {
        var record = new ProcessRecord(null, null, null, "here", 3000, null);
        Assert.Equal(record, ProcessRecord.Parse(record.Format()));
    }

    [Theory]
    [InlineData("")]
    [InlineData("host: here")]
    [InlineData("[")]
    [InlineData("- 1")]
    public void Other_text_is_no_record(string text) => Assert.Null(ProcessRecord.Parse(text));

    [Fact]
    public void The_record_of_this_process_says_that_it_is_alive()
    {
        var record = ProcessRecord.Current(Environment.ProcessId);
        Assert.Equal(Environment.ProcessId, record.SupervisorId);
        Assert.NotNull(record.Start);
        Assert.Equal(record.Start, record.SupervisorStart);
        Assert.True(ProcessLiveness.OfThisHost.IsAlive(Environment.ProcessId, record.Start, record.Boot));
        Assert.False(ProcessLiveness.OfThisHost.IsAlive(Environment.ProcessId, record.Start + 1, record.Boot));
    }

    [Fact]
    public void The_start_of_a_process_is_the_same_in_each_reading()
    {
        var starts = Enumerable.Range(0, 10).Select(_ => ProcessLiveness.OfThisHost.StartOf(Environment.ProcessId)).Distinct();
        Assert.Single(starts);
    }

    [Fact]
    public void A_program_that_has_ended_is_not_alive()
    {
        using var process = Process.Start(new ProcessStartInfo("dotnet", "--version") { RedirectStandardOutput = true })!;
        process.WaitForExit();
        Assert.False(ProcessLiveness.OfThisHost.Exists(process.Id));
        Assert.False(ProcessLiveness.OfThisHost.Exists(-1));
    }
}
