using System.Collections;
using Guild.Engine;
using Guild.Engine.Execution;
using Guild.Engine.Flags;
using Guild.Engine.Operations;
using Guild.Engine.Runs;
using Guild.Engine.Search.Batches;

namespace Guild.TestProgram;

/// <summary>Runs an operation of a project as the host does, in a process that a test can kill or take rights from.</summary>
internal static class Operations
{
    internal static int Run(string project, string home, string operation) =>
        Do(project, home, operation, (runner, plan) => runner.Run(plan, new RunOptions(), NullEventSink.Instance, CancellationToken.None));

    /// <summary>Gives the run to a supervisor of its own, which is this program again.</summary>
    internal static int Detach(string project, string home, string operation) =>
        Do(project, home, operation, (runner, plan) => runner.Detach(plan, new RunOptions(), new SupervisorProgram(Environment.ProcessPath!, ["detached"]), NullEventSink.Instance, CancellationToken.None));

    private static int Do(string project, string home, string operation, Func<OperationRunner, RunPlan, RunResult> carryOut) => Do(() =>
    {
        var context = Context(project, home);
        var plan = Planner.Plan(new RunRequest { Project = Project.Open(project), Operation = operation }, context, CancellationToken.None);
        return carryOut(new OperationRunner(context), plan).Fault;
    });

    private static int Do(Func<GuildException?> work)
    {
        try
        {
            return work() is { } fault ? Fail(fault) : 0;
        }
        catch (GuildException error)
        {
            return Fail(error);
        }
    }

    /// <summary>Runs an operation as a batch, with flags as they are typed.</summary>
    internal static int RunBatch(string project, string home, string operation, int throttleLimit, string[] flags) =>
        RunSearch(project, home, operation, new SearchRequest { ThrottleLimit = throttleLimit, KeepsBatch = true, RandomSeed = 1 }, flags);

    /// <summary>Runs an operation as a search that is kept, with flags as they are typed.</summary>
    internal static int RunSearch(string project, string home, string operation, string optimizer, int trials, int throttleLimit, string[] flags) =>
        RunSearch(project, home, operation, new SearchRequest { Optimizer = optimizer, MaxTrials = trials, ThrottleLimit = throttleLimit, KeepsBatch = true, RandomSeed = 1 }, flags);

    /// <summary>Goes on with a batch.</summary>
    internal static int Continue(string project, string home, string id) => Do(() =>
    {
        var context = Context(project, home);
        var batch = context.Runs.TryRead(id) ?? throw new RunStateException(id, "There is no such batch.");
        return new BatchRunner(context).Restart(batch, new RunOptions(), NullEventSink.Instance, CancellationToken.None).Fault;
    });

    private static int RunSearch(string project, string home, string operation, SearchRequest search, string[] flags) => Do(() =>
    {
        var context = Context(project, home);
        var request = new RunRequest
        {
            Project = Project.Open(project),
            Operation = operation,
            Flags = [.. flags.Select(word => word.Split('=', 2)).Select(parts => KeyValuePair.Create(parts[0], (FlagInput)new FlagText(parts[1])))],
            Search = search,
        };
        return new BatchRunner(context).Run((BatchPlan)Planner.PlanAny(request, context), new RunOptions(), NullEventSink.Instance, CancellationToken.None).Fault;
    });

    internal static EngineContext Context(string project, string home) => new()
    {
        Home = new GuildHome(home),
        WorkingDirectory = project,
        UserHome = home,
        Environment = Environment.GetEnvironmentVariables().Cast<DictionaryEntry>()
            .ToDictionary(entry => (string)entry.Key, entry => (string)entry.Value!, StringComparer.Ordinal),
        RunnersDirectory = project,
        HostName = Environment.MachineName,
    };

    private static int Fail(GuildException error)
    {
        Console.WriteLine($"{error.GetType().Name}: {error.Message}");
        return 3;
    }
}
