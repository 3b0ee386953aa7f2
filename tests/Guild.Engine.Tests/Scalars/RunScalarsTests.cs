using Guild.Engine.Runs;
using Guild.Engine.Scalars;
using Guild.Engine.Tests.Runs;

namespace Guild.Engine.Tests.Scalars;

public sealed class RunScalarsTests : IDisposable
{
    private readonly TestHome _home = new();

    private readonly RunDirectory _run;

    public RunScalarsTests() => _run = _home.AddRun();

    public void Dispose() => _home.Dispose();

    [Fact]
    public void Scalars_of_the_record_have_plain_names_and_those_of_folders_the_folder_first()
    {
        Write(".guild", "0", file => file.Add("loss", 1, 0));
        Write("logs/train", "0", file => file.Add("loss", 2, 0));
        Write("", "0", file => file.Add("acc", 3, 0));
        Assert.Equal(["acc", "loss", "logs/train#loss"], RunScalars.Summarize(_run.Path).Keys);
    }

    [Fact]
    public void A_scalar_is_summed_up_over_all_its_values()
    {
        Write(".guild", "0", file => file.Add("loss", 4, 2).Add("loss", 1, 1).Add("loss", 7, 3).Add("loss", 2, 3));
        var loss = RunScalars.Summarize(_run.Path)["loss"];
        Assert.Equal((1, 1), (loss.First, loss.FirstStep));
        Assert.Equal((2, 3), (loss.Last, loss.LastStep));
        Assert.Equal((1, 1), (loss.Minimum, loss.MinimumStep));
        Assert.Equal((7, 3), (loss.Maximum, loss.MaximumStep));
        Assert.Equal((14, 4, 3.5), (loss.Total, loss.Count, loss.Average));
    }

    [Fact]
    public void A_value_that_is_no_number_is_neither_the_smallest_nor_the_greatest()
    {
        Write(".guild", "0", file => file.Add("loss", float.NaN, 0).Add("loss", 2, 1).Add("loss", float.NaN, 2));
        var loss = RunScalars.Summarize(_run.Path)["loss"];
        Assert.Equal((2, 2), (loss.Minimum, loss.Maximum));
        Assert.True(double.IsNaN(loss.Last));
    }

    [Fact]
    public void Files_of_one_folder_are_read_in_the_order_of_their_times()
    {
        Write(".guild", "2", file => file.Add("loss", 2, 5));
        Write(".guild", "1", file => file.Add("loss", 1, 5));
        Assert.Equal(2, RunScalars.Summarize(_run.Path)["loss"].Last);
    }

    [Fact]
    public void Links_are_followed_only_to_runs()
    {
        var step = _home.AddRun();
        Write(step, ".guild", "0", file => file.Add("loss", 1, 0));
        var data = Directory.CreateDirectory(_home.OutsideHome("data")).FullName;
        using (var file = new EventFileBuilder(Path.Join(data, "events.out.tfevents.0000000001.h.1.0")))
        {
            file.Add("other", 1, 0);
        }

        if (TryLink(Path.Join(_run.Path, "train"), step.Path) && TryLink(Path.Join(_run.Path, "data"), data))
        {
            Assert.Equal(["train/.guild#loss"], RunScalars.Summarize(_run.Path).Keys);
        }
    }

    [Fact]
    public void A_batch_has_no_scalars_of_its_trials_and_need_not_look_at_them()
    {
        Directory.CreateDirectory(_run.PrototypePath);
        Write(".guild", "0", file => file.Add("best", 1, 0));
        var trial = _home.AddRun();
        Write(trial, ".guild", "0", file => file.Add("loss", 1, 0));
        if (TryLink(Path.Join(_run.Path, trial.Id), trial.Path))
        {
            Assert.Equal(["best"], RunScalars.Summarize(_run.Path).Keys);
            Assert.False(EventFolders.Of(_run.Path).LeadsToOtherRuns);
        }
    }

    [Fact]
    public void Runs_that_link_to_each_other_are_visited_once()
    {
        var other = _home.AddRun();
        Write(".guild", "0", file => file.Add("a", 1, 0));
        Write(other, ".guild", "0", file => file.Add("b", 1, 0));
        if (TryLink(Path.Join(_run.Path, "other"), other.Path) && TryLink(Path.Join(other.Path, "back"), _run.Path))
        {
            Assert.Equal(["a", "other/.guild#b"], RunScalars.Summarize(_run.Path).Keys);
        }
    }

    [Fact]
    public void A_run_that_is_gone_has_no_scalars()
    {
        Assert.Empty(RunScalars.Summarize(_home.OutsideHome("none")));
    }

    [Fact]
    public void All_values_are_read_under_the_names_of_the_sums()
    {
        Write(".guild", "2", file => file.Add("loss", 3, 2));
        Write(".guild", "1", file => file.Add("loss", float.NaN, 0).Add("acc", float.PositiveInfinity, 0).Add("loss", float.NegativeInfinity, 1));
        Write("logs/train", "1", file => file.Add("loss", 9, 0));
        Write("", "1", file => file.Add("acc", 5, 7));
        Assert.Equal(
            ["acc 7 5", "loss 0 NaN", "loss 1 -Infinity", "loss 2 3", "logs/train#loss 0 9"],
            RunScalars.Read(_run.Path).Select(point => FormattableString.Invariant($"{point.Tag} {point.Step} {point.Value}")));
        Assert.Equal(RunScalars.Summarize(_run.Path).Keys, RunScalars.Read(_run.Path).Select(point => point.Tag).Distinct());
    }

    [Fact]
    public void Values_are_read_when_they_are_asked_for()
    {
        Write(".guild", "1", file => file.Add("loss", 1, 0).Add("loss", 2, 1));
        using var points = RunScalars.Read(_run.Path).GetEnumerator();
        Assert.True(points.MoveNext());
        Directory.Delete(_run.Path, recursive: true);
        Assert.Equal(1, points.Current.Value);
    }

    private void Write(string folder, string time, Action<EventFileBuilder> write) => Write(_run, folder, time, write);

    private static void Write(RunDirectory run, string folder, string time, Action<EventFileBuilder> write)
    {
        using var file = new EventFileBuilder(Path.Join(run.Path, folder, $"events.out.tfevents.000000000{time}.h.1.0"));
        write(file);
    }

    private static bool TryLink(string link, string target)
    {
        try
        {
            Directory.CreateSymbolicLink(link, target);
            return true;
        }
        catch (IOException) when (OperatingSystem.IsWindows())
        {
            return false;
        }
    }
}
