using Guild.Engine.Execution;
using Guild.Engine.GuildFiles;
using Guild.Engine.Operations;
using Guild.Engine.SourceCode;

namespace Guild.Engine.Pipelines;

/// <summary>The digests of the source code that planned runs would have. Operations with the same rules have the same files, which are read once.</summary>
internal sealed class PlannedSources(EngineContext context, CancellationToken cancellation)
{
    private readonly Dictionary<Key, string?> _digests = [];

    /// <summary>The digest, or null if there is none.</summary>
    public string? DigestOf(RunPlan plan)
    {
        var local = plan.Resources.Count == 0 ? "" : string.Join('\n', plan.Resources.SelectMany(resource => resource.LocalPaths).Order(StringComparer.Ordinal));
        var key = new Key(plan.Request.Project.Directory, plan.Model.SourceCode, plan.Operation.SourceCode, plan.Command.Kind == ProgramKind.Python, local);
        if (!_digests.TryGetValue(key, out var digest))
        {
            _digests[key] = digest = SourceSnapshot.DigestOf(RunStager.PreviewSources(plan, context, cancellation), cancellation);
        }

        return digest;
    }

    private sealed record Key(string Project, SourceCodeDefinition? OfModel, SourceCodeDefinition? OfOperation, bool IsPython, string LocalPaths);
}
