using Guild.Engine.GuildFiles;
using Guild.Engine.Operations;
using Guild.Engine.Resources;
using Guild.Engine.Runs;

namespace Guild.Engine.Execution;

/// <summary>Writes new flags into a run that is to be started again in its own directory.</summary>
internal static class RestartRecord
{
    /// <summary>Writes what the plan says over what the record said. Source code and resolved files stay as they are, except those that flags are written into.</summary>
    public static void Write(Run run, RunPlan plan, IReadOnlyCollection<string> changed, EngineContext context)
    {
        var directory = run.Directory;
        var given = (directory.ReadAttribute("user_flags") as IReadOnlyDictionary<string, object?>)?.Keys.Concat(changed).ToHashSet(StringComparer.Ordinal) ?? [.. changed];
        directory.WriteAttribute("cmd", plan.Command.Arguments.Cast<object?>().ToList());
        directory.WriteAttribute("flags", plan.RecordedFlags);
        directory.WriteAttribute("user_flags", plan.Flags.UserValues.Keys.Where(given.Contains).ToDictionary(name => name, name => plan.Flags.UserValues[name], StringComparer.Ordinal));
        directory.WriteAttribute("plugins", EnvironmentBuilder.Plugins(plan.Command, plan.Operation, context).Cast<object?>().ToList());
        directory.WriteAttribute("op", OperationRecord.Of(plan, context.Environment));
        WriteSecrets(directory, plan);
        WriteRequest(directory, plan);
        if (!string.Equals(plan.Label, run.Label, StringComparison.Ordinal))
        {
            new RunAnnotations(directory, context.Time).Change(new RunAnnotationChange { Label = plan.Label ?? "" });
        }

        ForgetWrittenFiles(directory, plan);
    }

    private static void WriteSecrets(RunDirectory directory, RunPlan plan)
    {
        directory.DeleteAttribute(RecordedSecrets.EnvironmentAttribute);
        directory.DeleteAttribute(RecordedSecrets.FlagsAttribute);
        if (plan.Flags.GivenSecrets.Count > 0)
        {
            directory.WriteAttribute(RecordedSecrets.FlagsAttribute, plan.Flags.GivenSecrets.Cast<object?>().ToList());
        }
    }

    // How the run was asked for in the first place, but for its flags.
    private static void WriteRequest(RunDirectory directory, RunPlan plan)
    {
        var request = RequestRecord.Of(plan);
        foreach (var (name, value) in directory.ReadAttribute("run_params") as IReadOnlyDictionary<string, object?> ?? new Dictionary<string, object?>())
        {
            if (name is not ("flags" or "force_flags") && !(name is "gpus" && plan.Request.Gpus is not null))
            {
                request[name] = value;
            }
        }

        directory.WriteAttribute("run_params", request);
    }

    // What is resolved stays, but a file that flags were written into has the earlier ones.
    private static void ForgetWrittenFiles(RunDirectory directory, RunPlan plan)
    {
        if (directory.ReadAttribute("deps") is not IReadOnlyDictionary<string, object?> record)
        {
            return;
        }

        var kept = new Dictionary<string, object?>(record, StringComparer.Ordinal);
        foreach (var resource in plan.Resources)
        {
            if (record.GetValueOrDefault(resource.Name) is not IReadOnlyDictionary<string, object?> sources)
            {
                continue;
            }

            var left = new Dictionary<string, object?>(sources, StringComparer.Ordinal);
            foreach (var name in resource.Definition.Sources.Where(s => s.Kind == SourceKind.Config).Select(ResourceNames.Key))
            {
                if (left.Remove(name, out var written))
                {
                    DeletePlaced(directory, written);
                }
            }

            kept[resource.Name] = left;
        }

        directory.WriteAttribute("deps", kept);
    }

    // Guild AI records what was placed by its source only, and places it under the same name.
    private static void DeletePlaced(RunDirectory directory, object? source)
    {
        var recorded = source as IReadOnlyDictionary<string, object?>;
        var placed = Items(recorded, "files").OfType<IReadOnlyDictionary<string, object?>>().Select(file => file.GetValueOrDefault("path")).OfType<string>().ToList();
        var names = placed.Count > 0 ? placed : [.. Items(recorded, "paths").OfType<string>().Select(path => Path.GetFileName(path))];
        foreach (var name in names)
        {
            var full = Path.GetFullPath(name, directory.Path);
            if (full.StartsWith(directory.Path + Path.DirectorySeparatorChar, StringComparison.Ordinal) && !full.StartsWith(directory.GuildPath, StringComparison.Ordinal))
            {
                File.Delete(full);
            }
        }
    }

    private static IReadOnlyList<object?> Items(IReadOnlyDictionary<string, object?>? recorded, string name) => recorded?.GetValueOrDefault(name) as IReadOnlyList<object?> ?? [];
}
