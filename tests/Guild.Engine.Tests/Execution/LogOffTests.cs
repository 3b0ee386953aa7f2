using Guild.Engine.Execution;

namespace Guild.Engine.Tests.Execution;

/// <summary>Whether a system ends what a user leaves running, told by files as systemd has them.</summary>
public sealed class LogOffTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("guild-logoff-").FullName;

    public LogOffTests() => Write("proc/self/cgroup", "0::/user.slice/user-1000.slice/session-3.scope\n");

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Theory]
    [InlineData("", false)]
    [InlineData("[Login]\n#KillUserProcesses=yes\n", false)]
    [InlineData("[Login]\nKillUserProcesses=no\n", false)]
    [InlineData("[Login]\nKillUserProcesses=yes\n", true)]
    [InlineData("[Login]\nKillUserProcesses = true\n", true)]
    [InlineData("[Login]\nKillUserProcesses=yes\nKillExcludeUsers=root ada\n", false)]
    [InlineData("[Login]\nKillUserProcesses=yes\nKillOnlyUsers=bob\n", false)]
    [InlineData("[Login]\nKillUserProcesses=yes\nKillOnlyUsers=bob ada\n", true)]
    public void The_configuration_of_logind_says_so(string configuration, bool ends)
    {
        Write("etc/systemd/logind.conf", configuration);

        Assert.Equal(ends, new LogOff(_root, "ada").EndsProcesses);
    }

    [Fact]
    public void Root_is_spared_unless_it_is_said()
    {
        Write("etc/systemd/logind.conf", "[Login]\nKillUserProcesses=yes\n");

        Assert.False(new LogOff(_root, "root").EndsProcesses);
    }

    [Fact]
    public void A_part_counts_more_than_the_main_file_and_a_later_one_more_than_an_earlier_one()
    {
        Write("etc/systemd/logind.conf", "[Login]\nKillUserProcesses=no\n");
        Write("usr/lib/systemd/logind.conf.d/90-kill.conf", "[Login]\nKillUserProcesses=yes\n");
        Assert.True(new LogOff(_root, "ada").EndsProcesses);

        Write("etc/systemd/logind.conf.d/95-keep.conf", "[Login]\nKillUserProcesses=no\n");
        Assert.False(new LogOff(_root, "ada").EndsProcesses);
    }

    [Fact]
    public void A_process_of_no_log_in_is_not_ended()
    {
        Write("etc/systemd/logind.conf", "[Login]\nKillUserProcesses=yes\n");
        Write("proc/self/cgroup", "0::/system.slice/cron.service\n");

        Assert.False(new LogOff(_root, "ada").EndsProcesses);
    }

    [Fact]
    public void Who_lingers_is_told_by_a_file()
    {
        var logOff = new LogOff(_root, "ada");
        Assert.False(logOff.Lingers("ada"));

        Write("var/lib/systemd/linger/ada", "");

        Assert.True(logOff.Lingers("ada"));
    }

    private void Write(string path, string text)
    {
        var full = Path.Combine(_root, path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        File.WriteAllText(full, text);
    }
}
