using System.Security;
using Guild.Engine.Operations;
using Guild.Engine.Runs;

namespace Guild.PowerShell.Completion;

/// <summary>The keys that complete inside <c>-Flag</c> of cmdlets that start runs which are there already.</summary>
internal static class RunKeys
{
    /// <summary>The secret flags of runs; null where the runs are not known.</summary>
    public static TableKey[]? Secrets(string[]? ids, GuildRun[]? runs, Func<EngineContext> context) =>
        Of(ids, runs, context, run => run.SecretFlags);

    /// <summary>The flags of runs that can be changed; null where the runs are not known.</summary>
    public static TableKey[]? Flags(string[]? ids, GuildRun[]? runs, Func<EngineContext> context) =>
        Of(ids, runs, context, run => run.Record.Flags.Keys.Where(name => !name.Contains(':', StringComparison.Ordinal)).Concat(run.SecretFlags));

    private static TableKey[]? Of(string[]? ids, GuildRun[]? runs, Func<EngineContext> context, Func<GuildRun, IEnumerable<string>> names)
    {
        try
        {
            var lookup = new RunLookup(context().Runs, RunPlace.Runs);
            var all = (ids ?? []).SelectMany(lookup.Select).Select(run => new GuildRun(run)).Concat(runs ?? []);
            return [.. all.SelectMany(run => names(run).Select(name => (Run: run, Name: name))).DistinctBy(flag => flag.Name, StringComparer.Ordinal)
                .Select(flag => new TableKey(flag.Name, flag.Run.SecretFlags.Contains(flag.Name, StringComparer.Ordinal) ? typeof(SecureString) : TypeOf(flag.Run.Record.Flags[flag.Name])))];
        }
        catch (Exception error) when (ProjectLookup.IsExpected(error))
        {
            return null;
        }
    }

    private static Type TypeOf(object? value) => value is bool or long or double or string ? value.GetType() : typeof(object);
}
