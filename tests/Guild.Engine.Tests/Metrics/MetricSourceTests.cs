using Guild.Engine.Metrics;

namespace Guild.Engine.Tests.Metrics;

/// <summary>What is read of the system, from files as Linux writes them.</summary>
public sealed class MetricSourceTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("guild-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void A_processor_is_busy_for_the_part_of_the_time_in_which_it_neither_idles_nor_waits_for_disks()
    {
        var source = new ProcessorSource { File = Write("stat", "cpu  1 1 1 1 1 1 1 1 0 0\ncpu0 100 0 100 800 0 0 0 0 50 0\ncpu1 0 0 0 0 0 0 0 0 0 0\nintr 5\n") };

        Assert.Empty(Measure(source, 0));
        Write("stat", "cpu  1 1 1 1 1 1 1 1 0 0\ncpu0 120 5 110 850 10 3 1 1 60 0\ncpu1 0 0 0 50 50 0 0 0 0 0\nintr 5\n");

        Assert.Equal(new Dictionary<string, double> { ["sys/cpu0/util"] = 0.4, ["sys/cpu1/util"] = 0, ["sys/cpu/util"] = 0.2 }, Measure(source, 1));
    }

    [Fact]
    public void What_the_run_takes_of_all_processors_is_the_time_that_came_together_since_the_last_moment()
    {
        var source = new ProcessorSource { File = "" };

        Assert.Empty(Measure(source, 0, new TreeUsage { Processes = 1, ProcessorTime = TimeSpan.FromSeconds(1) }));
        var values = Measure(source, 4, new TreeUsage { Processes = 3, ProcessorTime = TimeSpan.FromSeconds(3) });

        Assert.Equal(0.5 / Environment.ProcessorCount, values["sys/run/cpu_util"], 0.000001);
        Assert.Equal((3, 3), (values["sys/run/cpu_seconds"], values["sys/run/processes"]));
    }

    [Fact]
    public void Memory_is_used_if_it_could_not_be_given_to_a_program_that_asks_for_it()
    {
        var source = new MemorySource { File = Write("meminfo", "MemTotal:  1000 kB\nMemFree:  100 kB\nMemAvailable:  750 kB\nHugePages_Total:   0\nSwapTotal: 200 kB\nSwapFree: 150 kB\n") };

        Assert.Empty(Measure(source, 0));
        Assert.Equal(
            new Dictionary<string, double>
            {
                ["sys/mem_total"] = 1024000,
                ["sys/mem_free"] = 102400,
                ["sys/mem_used"] = 256000,
                ["sys/mem_util"] = 0.25,
                ["sys/swap_total"] = 204800,
                ["sys/swap_free"] = 153600,
                ["sys/swap_used"] = 51200,
                ["sys/swap_util"] = 0.25,
            },
            Measure(source, 1));
    }

    [Fact]
    public void Without_swap_there_is_no_part_of_it_that_is_used()
    {
        var source = new MemorySource { File = Write("meminfo", "MemTotal:  1000 kB\nMemFree:  100 kB\nSwapTotal: 0 kB\nSwapFree: 0 kB\n") };

        Measure(source, 0);

        Assert.Equal(["sys/swap_total", "sys/swap_free", "sys/swap_used"], Measure(source, 1).Keys);
    }

    [Fact]
    public void A_disk_that_holds_folders_is_measured_over_the_time_since_the_last_moment()
    {
        var source = new DiskSource
        {
            File = Write("diskstats", "   8       0 sda 5 5 5 5 5 5 5 5 0 5 5\n   8       1 sda1 100 0 1000 7 200 0 4000 9 0 500 9 0 0\n   7       0 loop0 1 1 1 1 1 1 1 1 1 1 1\n"),
            MountsFile = Write("mounts", "/dev/sda1 / ext4 rw 0 0\n/dev/loop0 /snap squashfs ro 0 0\nproc /proc proc rw 0 0\n"),
        };

        Assert.Empty(Measure(source, 0));
        Write("diskstats", "   8       0 sda 6 6 6 6 6 6 6 6 0 6 6\n   8       1 sda1 104 0 1008 7 202 0 4004 9 0 1500 9 0 0\n   7       0 loop0 2 2 2 2 2 2 2 2 2 2 2\n");

        Assert.Equal(
            new Dictionary<string, double> { ["sys/devsda1/wps"] = 1, ["sys/devsda1/rps"] = 2, ["sys/devsda1/wkbps"] = 1, ["sys/devsda1/rkbps"] = 2, ["sys/devsda1/util"] = 0.5 },
            Measure(source, 2));
    }

    [Fact]
    public void What_the_run_reads_and_writes_is_told_by_the_second_and_in_all()
    {
        var source = new DiskSource { File = "" };

        Measure(source, 0, new TreeUsage { Processes = 1, BytesRead = 0, BytesWritten = 0 });

        Assert.Equal(
            new Dictionary<string, double> { ["sys/run/rkbps"] = 1, ["sys/run/wkbps"] = 2, ["sys/run/read_bytes"] = 2048, ["sys/run/write_bytes"] = 4096 },
            Measure(source, 2, new TreeUsage { Processes = 1, BytesRead = 2048, BytesWritten = 4096 }));
    }

    [Fact]
    public void What_the_system_does_not_tell_has_no_value()
    {
        var nothing = new TreeUsage { Processes = 1 };
        foreach (var source in new IMetricSource[] { new ProcessorSource { File = "" }, new MemorySource { File = "" }, new DiskSource { File = "" } })
        {
            Measure(source, 0, nothing);

            Assert.Empty(Measure(source, 1, nothing));
            Assert.Empty(Measure(source, 2, usage: null));
        }
    }

    [Fact]
    public void Files_that_are_not_as_expected_have_no_values()
    {
        foreach (var text in new[] { "", "cpu0\n", "MemTotal: kB\nMemFree:\n", "1 2 sda1\n", "cpu0 a b c d e f g h\n" })
        {
            var file = Write("any", text);
            foreach (var source in new IMetricSource[] { new ProcessorSource { File = file }, new MemorySource { File = file }, new DiskSource { File = file, MountsFile = file } })
            {
                Measure(source, 0);

                Assert.Empty(Measure(source, 1));
            }
        }
    }

    [Theory]
    [InlineData("10 30 60", 60)]
    [InlineData("10 30 20 40", 40)]
    [InlineData("10 30 5 5 6", 31)]
    [InlineData("10 30 5 25 35", 40)]
    public void A_sum_over_processes_never_falls(string sums, double total)
    {
        var sum = new GrowingSum();

        var totals = sums.Split(' ').Select(text => sum.Take(double.Parse(text, System.Globalization.CultureInfo.InvariantCulture))).ToList();

        Assert.Equal(totals.Order(), totals);
        Assert.Equal(total, totals[^1]);
    }

    private static Dictionary<string, double> Measure(IMetricSource source, double seconds, TreeUsage? usage = null)
    {
        var values = new MetricValues();
        source.Measure(new MetricMoment(TimeSpan.FromSeconds(seconds), usage), values, CancellationToken.None);
        return new Dictionary<string, double>(values.All, StringComparer.Ordinal);
    }

    private string Write(string name, string text)
    {
        var path = Path.Combine(_folder.FullName, name);
        File.WriteAllText(path, text);
        return path;
    }
}
