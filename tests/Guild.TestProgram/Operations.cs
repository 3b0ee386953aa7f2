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

    private static int Do(string project, string home, string operation, Func<OperationRunner, RunPlan, RunResult> carryOut)
    {
        var context = Context(project, home);
        try
        {
            var plan = Planner.Plan(new RunRequest { Project = Project.Open(project), Operation = operation }, context, CancellationToken.None);
            var result = carryOut(new OperationRunner(context), plan);
            return result.Fault is null ? 0 : Fail(result.Fault);
        }
        catch (GuildException error)
        {
            return Fail(error);
        }
    }

    /// <summary>Runs an operation as a batch, with flags as they are typed.</summary>
    internal static int RunBatch(string project, string home, string operation, int throttleLimit, string[] flags)
    {
        var context = Context(project, home);
        try
        {
            var request = new RunRequest
            {
                Project = Project.Open(project),
                Operation = operation,
                Flags = [.. flags.Select(word => word.Split('=', 2)).Select(parts => KeyValuePair.Create(parts[0], (FlagInput)new FlagText(parts[1])))],
                Search = new SearchRequest { ThrottleLimit = throttleLimit, KeepsBatch = true, RandomSeed = 1 },
            };
            var result = new BatchRunner(context).Run((BatchPlan)Planner.PlanAny(request, context), new RunOptions(), NullEventSink.Instance, CancellationToken.None);
            return result.Fault is null ? 0 : Fail(result.Fault);
        }
        catch (GuildException error)
        {
            return Fail(error);
        }
    }

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
