using System.Management.Automation;
using Guild.Engine;
using Guild.Engine.Runs;
using Guild.Engine.Runs.Queries;
using Guild.Engine.Search.Batches;

namespace Guild.PowerShell.Commands;

/// <content>What the parameters ask for, as a query of the engine.</content>
public sealed partial class GetGuildRunCommand
{
    private RunQuery Query()
    {
        if (Marked && Unmarked)
        {
            throw new RequestException("-Marked and -Unmarked cannot both be given: no run is both.", "Unmarked", "Leave one of them out.");
        }

        var clock = TimeProvider.System;
        var started = new List<TimeRange>();
        if (Started is not null)
        {
            started.Add(TimeRange.Parse(Started, clock));
        }

        if (Since is not null)
        {
            started.Add(SinceAttribute.Parse(Since));
        }

        if (StartedAfter is not null || StartedBefore is not null)
        {
            started.Add(new TimeRange(StartedAfter, StartedBefore));
        }

        return new RunQuery
        {
            Condition = Condition(),
            Started = started,
            Digests = Digest ?? [],
            Filters = Filter is null ? [] : [FilterExpression.Parse(Filter)],
        };
    }

    private Func<Run, bool>? Condition()
    {
        var project = Project is null ? null : Path.TrimEndingDirectorySeparator(GetUnresolvedProviderPathFromPSPath(Project));
        return new RunConditions()
            .Add(TrialIds(), (ids, run) => ids.Contains(run.Id))
            .Add(Status, (statuses, run) => Array.Exists(statuses, s => string.Equals(s.ToString(), StatusText.Of(run.Status), StringComparison.OrdinalIgnoreCase)))
            .Add(Patterns(Operation), (patterns, run) => Matches(patterns, run.FullName) || Matches(patterns, run.OperationName))
            .Add(Patterns(Label), (patterns, run) => Matches(patterns, run.Label ?? ""))
            .Add(Patterns(ExcludeLabel), (patterns, run) => !Matches(patterns, run.Label ?? ""))
            .Add(Marked ? run => run.IsMarked : null)
            .Add(Unmarked ? run => !run.IsMarked : null)
            .Add(project, (folder, run) => string.Equals(run.ProjectPath, folder, PathComparison))
            .Add(Patterns(Tag), (patterns, run) => run.Tags.Any(tag => Matches(patterns, tag)))
            .Add(Patterns(AllTag), (patterns, run) => Array.TrueForAll(patterns, p => run.Tags.Any(p.IsMatch)))
            .Add(Patterns(ExcludeTag), (patterns, run) => !run.Tags.Any(tag => Matches(patterns, tag)))
            .Add(Patterns(Comment), (patterns, run) => run.Comments.Count == 0 ? Matches(patterns, "") : run.Comments.Any(c => Matches(patterns, c.Body)))
            .All;
    }

    // A batch that ended well and was not to be kept lies in the trash; its trials are still there.
    private HashSet<string>? TrialIds()
    {
        if (Batch is null)
        {
            return null;
        }

        var store = _store ??= Open();
        var result = new HashSet<string>(StringComparer.Ordinal);
        foreach (var reference in Batch)
        {
            var batch = store.TryRead(reference) ?? store.TryRead(reference, RunPlace.Trash) ?? store.Find(reference);
            if (!batch.IsBatch)
            {
                throw new RequestException($"Run {batch.ShortId} ({batch.FullName}) is no batch, so it has no trials.", reference, "List the batches with: Get-GuildRun | Where-Object IsBatch");
            }

            result.UnionWith(BatchTrials.Ids(batch.Directory));
        }

        return result;
    }

    private static WildcardPattern[]? Patterns(string[]? texts) => texts is null ? null : Array.ConvertAll(texts, text => WildcardPattern.Get(text, WildcardOptions.IgnoreCase));

    private static bool Matches(WildcardPattern[] patterns, string text) => Array.Exists(patterns, p => p.IsMatch(text));

    /// <summary>The conditions that were given; the cheap ones come first.</summary>
    private sealed class RunConditions
    {
        private readonly List<Func<Run, bool>> _conditions = [];

        public Func<Run, bool>? All => _conditions.Count == 0 ? null : run => _conditions.TrueForAll(condition => condition(run));

        public RunConditions Add(Func<Run, bool>? condition)
        {
            if (condition is not null)
            {
                _conditions.Add(condition);
            }

            return this;
        }

        public RunConditions Add<T>(T? given, Func<T, Run, bool> condition)
            where T : class =>
            Add(given is null ? null : run => condition(given, run));
    }
}
