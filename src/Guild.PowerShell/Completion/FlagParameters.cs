using System.Collections.ObjectModel;
using System.Management.Automation;
using Guild.Engine.Flags;
using Guild.Engine.GuildFiles;

namespace Guild.PowerShell.Completion;

/// <summary>Offers the flags of an operation as parameters of a cmdlet: <c>-epochs 10</c>.</summary>
internal static class FlagParameters
{
    // Parameters that later versions of the cmdlets need. A flag of that name would change its meaning then, so it never is a parameter.
    private static readonly string[] Reserved =
    [
        "Optimizer", "OptimizerFlag", "Minimize", "Maximize", "MaxTrials", "MaxTrial", "Trial", "RandomSeed", "ThrottleLimit", "Timeout", "Gpu", "NoGpu", "EarlyStop",
        "Needed", "KeepGoing", "StageTrial", "StopOnError", "MaxFailure", "Restart", "Batch", "BatchLabel", "BatchTag", "Remote", "Background", "StopAfter",
        "Dependency", "KeepRun", "KeepBatch", "Home", "GuildHome", "Project", "PassThru", "AsJob", "Edit", "Credential", "Secret",
    ];

    // Parameters that take a hashtable are made for each command line, so the class does not have them.
    private static readonly string[] Tables = [TableParameter.Flag, TableParameter.Resource];

    private static readonly string[] Common =
    [
        "Verbose", "vb", "Debug", "db", "ErrorAction", "ea", "WarningAction", "wa", "InformationAction", "infa", "ProgressAction", "proga", "ErrorVariable", "ev",
        "WarningVariable", "wv", "InformationVariable", "iv", "OutVariable", "ov", "OutBuffer", "ob", "PipelineVariable", "pv", "WhatIf", "wi", "Confirm", "cf",
    ];

    /// <summary>Adds parameters for the flags of an operation that can have one.</summary>
    public static void Add(RuntimeDefinedParameterDictionary parameters, OperationDefinition operation, Type cmdlet)
    {
        foreach (var flag in Offered(operation, cmdlet))
        {
            var attributes = new Collection<Attribute>
            {
                new ParameterAttribute { HelpMessage = FlagHelp.Of(operation, flag).Message is { Length: > 0 } text ? text : $"Flag {flag.Name}." },
                new ArgumentCompleterAttribute(typeof(FlagValueCompleter)),
            };
            parameters[flag.Name] = new RuntimeDefinedParameter(flag.Name, typeof(object), attributes);
        }
    }

    /// <summary>The flags of an operation that can be given by <c>-Flag</c> only.</summary>
    public static IReadOnlyList<string> OnlyByTable(OperationDefinition operation, Type cmdlet)
    {
        var offered = Offered(operation, cmdlet);
        return [.. operation.Flags.Where(f => !offered.Contains(f)).Select(f => f.Name)];
    }

    /// <summary>The flag that a parameter of that name gives, in any case, or null.</summary>
    public static string? Find(OperationDefinition operation, Type cmdlet, string parameter) =>
        Offered(operation, cmdlet).Find(f => string.Equals(f.Name, parameter, StringComparison.OrdinalIgnoreCase))?.Name;

    // Names of parameters are compared without case: of "c" and "C" neither can be one, because nobody could tell which is meant.
    private static List<FlagDefinition> Offered(OperationDefinition operation, Type cmdlet)
    {
        var taken = TakenNames(cmdlet);
        var names = new Dictionary<string, bool>(operation.Flags.Count, StringComparer.OrdinalIgnoreCase);
        foreach (var flag in operation.Flags)
        {
            names[flag.Name] = names.ContainsKey(flag.Name);
        }

        return [.. operation.Flags.Where(f => !names[f.Name] && CanBeParameter(f.Name, taken))];
    }

    /// <summary>True if PowerShell would bind the name to the flag and to nothing else.</summary>
    private static bool CanBeParameter(string name, IReadOnlyCollection<string> taken) =>
        name.Length > 0
        && (char.IsLetter(name[0]) || name[0] == '_')
        && name.All(c => char.IsLetterOrDigit(c) || c is '-' or '_')
        && !taken.Any(t => t.StartsWith(name, StringComparison.OrdinalIgnoreCase));

    private static List<string> TakenNames(Type cmdlet)
    {
        var own = cmdlet.GetProperties()
            .Where(p => p.IsDefined(typeof(ParameterAttribute), inherit: true))
            .SelectMany(p => p.GetCustomAttributes(typeof(AliasAttribute), inherit: true).Cast<AliasAttribute>().SelectMany(a => a.AliasNames).Prepend(p.Name));
        return [.. own, .. Tables, .. Common, .. Reserved];
    }
}
