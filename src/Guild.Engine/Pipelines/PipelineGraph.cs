using Guild.Engine.Flags;
using Guild.Engine.GuildFiles;
using Guild.Engine.Operations;
using Guild.Engine.Resources;
using Guild.Engine.Runs;

namespace Guild.Engine.Pipelines;

/// <summary>
/// Which step takes files of which other, by the operations that its own requires. A step takes those of the last step before it in the file that runs such an
/// operation; only where there is none, of one behind it.
/// </summary>
internal sealed class PipelineGraph(PipelineSource pipeline, EngineContext context)
{
    private const string Arrow = " → ";

    private readonly Dictionary<string, IReadOnlyList<int>> _found = new(StringComparer.Ordinal);
    private readonly Dictionary<OperationDefinition, IReadOnlyList<RequiredResource>> _required = new(ReferenceEqualityComparer.Instance);

    /// <summary>The steps with those that they depend on.</summary>
    public IReadOnlyList<PipelineStep> Link(IReadOnlyList<PipelineStep> steps)
    {
        var runs = steps.Select(step => RunsOf(step.Project, step.Imported.Operation, [pipeline.FullName])).ToList();
        return [.. steps.Select(step => step with { DependsOn = DependenciesOf(step, runs) })];
    }

    /// <summary>The order in which the steps can be carried out.</summary>
    /// <exception cref="RequestException">There is none.</exception>
    public IReadOnlyList<int> Order(IReadOnlyList<PipelineStep> steps)
    {
        var order = new List<int>(steps.Count);
        var visits = new bool?[steps.Count];
        foreach (var step in steps)
        {
            Visit(steps, step.Index, visits, order, []);
        }

        return order;
    }

    // False while a step's own dependencies are looked at, true when it has its place.
    private void Visit(IReadOnlyList<PipelineStep> steps, int index, bool?[] visits, List<int> order, List<int> path)
    {
        if (visits[index] is true)
        {
            return;
        }

        path.Add(index);
        if (visits[index] is false)
        {
            throw Circle(path.SkipWhile(i => i != index).Select(i => steps[i].Name));
        }

        visits[index] = false;
        foreach (var other in steps[index].DependsOn)
        {
            Visit(steps, other, visits, order, path);
        }

        path.RemoveAt(path.Count - 1);
        visits[index] = true;
        order.Add(index);
    }

    private RequestException Circle(IEnumerable<string> names) => new(
        $"The steps of pipeline '{pipeline.FullName}' need each other in a circle: {string.Join(Arrow, names)}.",
        pipeline.FullName,
        "Take one of these dependencies out of the Guild file, or name a run for it among the flags of its step.");

    // What can be taken of a step: the runs of its operation, and if that is a pipeline, those of its steps.
    private List<OpRef> RunsOf(Project project, OperationDefinition operation, IReadOnlyList<string> path)
    {
        var result = new List<OpRef> { Planner.OpRefOf(project, operation) };
        if (!operation.IsPipeline)
        {
            return result;
        }

        List<string> within = [.. path, operation.FullName];
        if (path.Contains(operation.FullName))
        {
            throw new RequestException(
                $"Pipeline '{operation.FullName}' runs itself: {string.Join(Arrow, within.SkipWhile(name => name != operation.FullName))}.",
                pipeline.FullName,
                "Take the step that leads back to it out of the Guild file.");
        }

        foreach (var step in operation.Steps!)
        {
            var (owner, found) = StepOperations.Resolve(step, operation.ModelName, project, context);
            result.AddRange(RunsOf(owner, found, within));
        }

        return result;
    }

    private List<int> DependenciesOf(PipelineStep step, List<List<OpRef>> runs)
    {
        var operation = step.Imported.Operation;
        if (operation.Requires.Count == 0)
        {
            return [];
        }

        var result = new List<int>();
        foreach (var source in OperationSources(step))
        {
            var matching = Matching(source.Value, runs);
            var chosen = matching.LastOrDefault(index => index < step.Index, -1);
            if (chosen < 0 && step.Definition.IsIsolated && !source.IsOptional)
            {
                chosen = matching.LastOrDefault(index => index > step.Index, -1);
            }

            if (chosen >= 0 && !result.Contains(chosen))
            {
                result.Add(chosen);
            }
        }

        return result;
    }

    // A source for which the step names a run needs no other step.
    private List<(string Value, bool IsOptional)> OperationSources(PipelineStep step)
    {
        var (given, flags) = (step.Bound.Given, step.Bound.Flags);
        var names = given.Resources.Select(resource => resource.Key).ToHashSet(StringComparer.Ordinal);
        var required = RequiredBy(step);
        return
        [
            .. from resource in required
               where !ResourceNames.OfWhole(resource).Any(names.Contains)
               from source in resource.Definition.Sources
               where source.Kind == SourceKind.Operation && !ResourceNames.Of(source).Any(names.Contains)
               select (FlagReferences.ResolveText(source.Value, flags.Values), source.IsOptional),
        ];
    }

    // Steps of one operation require the same, unless flags say what is required.
    private IReadOnlyList<RequiredResource> RequiredBy(PipelineStep step)
    {
        var (operation, flags) = (step.Bound.Operation, step.Bound.Flags);
        if (_required.TryGetValue(operation, out var known))
        {
            return known;
        }

        var required = RequiredResources.Of(step.Project.File, operation, new RequirementOptions { Flags = flags.Values, SecretVariables = flags.SecretVariables, Packages = step.Project.Packages });
        if (operation.Requires.All(requirement => requirement.Spec is null || !FlagReferences.HasReference(requirement.Spec)))
        {
            _required[operation] = required;
        }

        return required;
    }

    private IReadOnlyList<int> Matching(string value, List<List<OpRef>> runs)
    {
        if (!_found.TryGetValue(value, out var found))
        {
            var wanted = WantedOperation.Split(value).Select(WantedOperation.Parse).OfType<WantedOperation>().ToList();
            var distinct = new Dictionary<(string Model, string Operation), bool>();
            _found[value] = found = [.. Enumerable.Range(0, runs.Count).Where(index => runs[index].Exists(run =>
            {
                if (!distinct.TryGetValue((run.ModelName, run.OperationName), out var matches))
                {
                    distinct[(run.ModelName, run.OperationName)] = matches = wanted.Exists(w => w.Matches(run, ownModel: null));
                }

                return matches;
            }))];
        }

        return found;
    }
}
