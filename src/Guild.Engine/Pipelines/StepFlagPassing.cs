using Guild.Engine.Flags;
using Guild.Engine.GuildFiles;
using Guild.Engine.Imports;
using Guild.Engine.Operations;

namespace Guild.Engine.Pipelines;

/// <summary>
/// Lets a pipeline take flags of its steps, as <c>STEP:flag</c>, though the Guild file does not declare them: what a step's operation has, the pipeline passes on.
/// </summary>
internal static class StepFlagPassing
{
    /// <summary>The operation with those flags of its steps that were given; the same one if none were.</summary>
    public static OperationDefinition WithStepFlags(
        OperationDefinition operation, IReadOnlyList<KeyValuePair<string, FlagInput>> given, Project project, EngineContext context, CancellationToken cancellation)
    {
        if (!operation.IsPipeline || !given.Any(flag => flag.Key.Contains(':', StringComparison.Ordinal)))
        {
            return operation;
        }

        var added = new List<FlagDefinition>();
        foreach (var name in given.Select(flag => flag.Key).Distinct(StringComparer.Ordinal))
        {
            if (operation.Flags.All(flag => flag.Name != name && flag.Alias != name) && Find(operation, name, project, context, cancellation) is { } found)
            {
                added.Add(found with { Name = name, Alias = null, Default = null, IsRequired = false });
            }
        }

        return added.Count == 0 ? operation : operation with { Flags = [.. operation.Flags.Concat(added).OrderBy(flag => flag.Name, StringComparer.Ordinal)] };
    }

    private static FlagDefinition? Find(OperationDefinition pipeline, string name, Project project, EngineContext context, CancellationToken cancellation)
    {
        foreach (var step in pipeline.Steps!)
        {
            var spec = StepOperations.Spec(step, pipeline.ModelName, project);
            var prefix = Array.Find(StepFlags.Prefixes(step, spec), p => name.StartsWith(p, StringComparison.Ordinal));
            if (prefix is null)
            {
                continue;
            }

            var wanted = name[prefix.Length..];
            var (owner, stepOperation) = StepOperations.Resolve(step, pipeline.ModelName, project, context);
            var imported = FlagImport.Of(owner, stepOperation, context, cancellation).Operation;
            var known = WithStepFlags(imported, [new(wanted, new FlagText(""))], owner, context, cancellation).Flags;
            if (known.FirstOrDefault(flag => flag.Name == wanted || flag.Alias == wanted) is { } found)
            {
                return found;
            }

            if (step.ForcesFlags)
            {
                return new FlagDefinition { Name = name };
            }
        }

        return null;
    }
}
