using Guild.Engine.Flags;

namespace Guild.Engine.Operations;

/// <summary>Makes the attribute <c>run_params</c>: what the user asked for, in the words of Guild AI's command line.</summary>
internal static class RequestRecord
{
    public static Dictionary<string, object?> Of(RunPlan plan) => new(StringComparer.Ordinal)
    {
        ["comment"] = plan.Request.Comment,
        ["flags"] = plan.Flags.UserValues.Keys.Select(name => (object?)$"{name}={FlagGrammar.Encode(plan.Flags.UserValues[name])}").ToList(),
        ["force_flags"] = plan.Request.ForcesFlags,
        ["gpus"] = plan.Request.Gpus,
        ["label"] = plan.Request.Label,
        ["needed"] = plan.Request.Pipeline.IsNeededOnly,
        ["opspec"] = plan.Operation.FullName,
        ["run_dir"] = plan.Request.RunDirectory,
        ["tags"] = plan.Request.Tags.Cast<object?>().ToList(),
    };
}
