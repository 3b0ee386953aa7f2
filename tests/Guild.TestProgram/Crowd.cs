using System.Diagnostics;
using System.Globalization;
using Guild.Engine;
using Guild.Engine.Execution;
using Guild.Engine.Operations;
using Guild.Engine.Runs;

namespace Guild.TestProgram;

/// <summary>One of many processes that do at random whatever can be done with the runs of one home.</summary>
internal sealed class Crowd(string project, string home, int seed)
{
    // Long, so that a text that is read while it is written would be seen to be cut.
    private const int LabelLength = 5000;

    private readonly Random _random = new(seed);
    private readonly EngineContext _context = Operations.Context(project, home);
    private int _made;

    /// <summary>Does so many things. Prints how many runs were made, and each thing that was not as it should be.</summary>
    internal int Do(long actions) => DoWhile(done => done < actions);

    /// <summary>Does things for some time.</summary>
    internal int DoFor(TimeSpan time)
    {
        var began = Stopwatch.GetTimestamp();
        return DoWhile(_ => Stopwatch.GetElapsedTime(began) < time);
    }

    private int DoWhile(Func<int, bool> goesOn)
    {
        for (var i = 0; goesOn(i); i++)
        {
            try
            {
                DoSomething(i);
            }
            catch (Exception error) when (error is NameNotFoundException or RunStateException)
            {
                // Another process was quicker: the run is gone, or is there again.
            }
            catch (Exception error)
            {
                Console.WriteLine($"problem: {error}");
                return 1;
            }
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"made {_made}"));
        return 0;
    }

    private void DoSomething(int number)
    {
        switch (_random.Next(8))
        {
            case 0:
                Make(new RunOptions { StagesOnly = true });
                break;
            case 1 or 2:
                Make(new RunOptions());
                break;
            case 3 or 4 when Any(RunPlace.Runs) is { } run:
                new RunAnnotations(run.Directory, TimeProvider.System).Change(new RunAnnotationChange
                {
                    Label = new string((char)('a' + (number % 26)), LabelLength),
                    AddedTags = [string.Create(CultureInfo.InvariantCulture, $"t{seed}")],
                });
                break;
            case 5 when Any(RunPlace.Runs) is { } run:
                _context.Runs.Delete(run);
                break;
            case 6 when Any(RunPlace.Trash) is { } run:
                _context.Runs.Restore(run);
                break;
            default:
                Look();
                break;
        }
    }

    private void Make(RunOptions options)
    {
        var plan = Planner.Plan(new RunRequest { Project = Project.Open(project), Operation = "op" }, _context, CancellationToken.None);
        var result = new OperationRunner(_context).Run(plan, options, NullEventSink.Instance, CancellationToken.None);
        if (result.Fault is { } fault)
        {
            throw fault;
        }

        _made++;
    }

    private Run? Any(RunPlace place)
    {
        var runs = _context.Runs.List(place).Where(run => run.Status is not (RunStatus.Running or RunStatus.Pending)).Take(20).ToList();
        return runs.Count == 0 ? null : runs[_random.Next(runs.Count)];
    }

    private void Look()
    {
        foreach (var run in _context.Runs.List())
        {
            var label = run.Label ?? "";
            var isCut = label.Length is not (0 or LabelLength) || label.Distinct().Count() > 1;

            // A run that is moved to the trash while it is read is read in part, and is no run of the home any more.
            if ((run.Problems.Count > 0 || isCut || run.OperationName != "op") && Directory.Exists(run.Directory.Path))
            {
                Console.WriteLine($"problem: run {run.Id} has a label of {label.Length} and {string.Join(' ', run.Problems)}");
            }
        }
    }
}
