using System.Runtime.Versioning;
using Guild.Engine.Execution;
using Guild.Engine.Metrics;
using Guild.Engine.Tests.EndToEnd;
using Guild.Engine.Tests.Execution;
using Guild.Engine.Tests.Operations;

namespace Guild.Engine.Tests.Metrics;

/// <summary>What is read of a fake <c>nvidia-smi</c>.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class GpuSourceTests
{
    private const string Two = "echo '0, GPU-1a2b3c, 30, P8, 1000, 250, 40, 25, 55, 20.5'\necho '1, GPU-9f8e7d, [N/A], P0, 2000, 0, [Not Supported], 0, 33, [Unknown Error]'";

    [UnixFact]
    public void Each_value_has_the_name_and_the_unit_that_Guild_AI_gives_it()
    {
        var values = Measure(Two, devices: null);

        Assert.Equal(
            new Dictionary<string, double>
            {
                ["sys/gpu0/fanspeed"] = 0.3,
                ["sys/gpu0/pstate"] = 8,
                ["sys/gpu0/mem_total"] = 1000 << 20,
                ["sys/gpu0/mem_used"] = 250 << 20,
                ["sys/gpu0/mem_free"] = 750 << 20,
                ["sys/gpu0/mem_util"] = 0.25,
                ["sys/gpu0/util"] = 0.4,
                ["sys/gpu0/temp"] = 55,
                ["sys/gpu0/powerdraw"] = 20.5,
                ["sys/gpu1/pstate"] = 0,
                ["sys/gpu1/mem_total"] = 2000 << 20,
                ["sys/gpu1/mem_used"] = 0,
                ["sys/gpu1/mem_free"] = 2000 << 20,
                ["sys/gpu1/mem_util"] = 0,
                ["sys/gpu1/temp"] = 33,
            },
            values);
    }

    [UnixTheory]
    [InlineData("0", "0")]
    [InlineData("1,0", "0 1")]
    [InlineData("0,-1,1", "0")]
    [InlineData("GPU-9f", "1")]
    [InlineData("MIG-GPU-1a2b3c/7/0", "0")]
    [InlineData("7", "")]
    [InlineData("", "")]
    [InlineData("-1", "")]
    [InlineData("NoDevFiles", "")]
    public void Only_those_that_the_run_may_use_are_told(string devices, string indexes) =>
        Assert.Equal(indexes, string.Join(' ', Measure(Two, devices).Keys.Select(name => name[7..8]).Distinct().Order()));

    [UnixFact]
    public void Nobody_is_asked_for_a_run_that_may_use_none() => Assert.Empty(Measure("exit 1", devices: ""));

    [UnixTheory]
    [InlineData("echo NVIDIA-SMI has failed; exit 9", "ended with 9: NVIDIA-SMI has failed")]
    [InlineData("exit 3", "ended with 3: it printed nothing")]
    [InlineData("echo what is this", "answered 'what is this'")]
    public void An_answer_that_is_none_is_said_with_its_reason(string script, string message) =>
        Assert.Contains(message, Assert.Throws<MetricException>(() => Measure(script, devices: null)).Message, StringComparison.Ordinal);

    [UnixFact]
    public async Task One_that_hangs_is_killed_with_all_that_it_started_and_asked_only_a_few_times()
    {
        using var project = new TempProject("{op: {exec: 'true'}}");
        MeasuredRun.FakeGpu(project, $"trap '' INT TERM\nsleep 1000 &\necho $! >> '{project.PathOf("pids")}'\nwait");
        var source = new GpuSource(Start(project)) { Limit = TimeSpan.FromMilliseconds(300) };
        Measure(source);

        // On a busy machine it may be killed before it has told who it is: then it is asked again.
        for (var i = 0; i < 3; i++)
        {
            Assert.Contains("did not answer within 0.3 seconds", Assert.Throws<MetricException>(() => Measure(source)).Message, StringComparison.Ordinal);
        }

        Assert.Empty(Measure(source));
        var children = File.Exists(project.PathOf("pids")) ? await File.ReadAllLinesAsync(project.PathOf("pids")) : [];
        await Eventually.Is(() => children.All(child => ProcessIdentity.StartOf(int.Parse(child, System.Globalization.CultureInfo.InvariantCulture)) is null));
    }

    private static Dictionary<string, double> Measure(string script, string? devices)
    {
        using var project = new TempProject("{op: {exec: 'true'}}");
        MeasuredRun.FakeGpu(project, script);
        project.Environment.Remove("CUDA_VISIBLE_DEVICES");
        if (devices is not null)
        {
            project.Environment["CUDA_VISIBLE_DEVICES"] = devices;
        }

        var source = new GpuSource(Start(project));
        Assert.Empty(Measure(source));
        return Measure(source);
    }

    private static Dictionary<string, double> Measure(GpuSource source)
    {
        var values = new MetricValues();
        source.Measure(new MetricMoment(TimeSpan.Zero, null), values, CancellationToken.None);
        return new Dictionary<string, double>(values.All, StringComparer.Ordinal);
    }

    private static ProgramStart Start(TempProject project) => new() { FileName = "true", WorkingDirectory = project.ProjectPath, Environment = project.Environment };
}
