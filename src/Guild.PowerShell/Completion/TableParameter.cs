using System.Buffers;
using System.Collections;
using System.Collections.ObjectModel;
using System.Management.Automation;
using Guild.Engine.GuildFiles;
using Guild.Engine.Operations;

namespace Guild.PowerShell.Completion;

/// <summary>
/// A parameter that takes a hashtable whose keys complete. It is made anew for each command line, because what the keys are depends on the operation: where somebody
/// presses Tab, its type has the keys for properties. A command that is run takes any dictionary, as it is.
/// </summary>
internal static class TableParameter
{
    private static readonly SearchValues<char> Quoted = SearchValues.Create("-`&@\"#{}()$,;|<> .\\/ \t^");

    /// <summary>The name of the parameter for flags.</summary>
    public const string Flag = "Flag";

    /// <summary>The name of the parameter for resources.</summary>
    public const string Resource = "Resource";

    /// <summary>The name of the parameter for flags of an optimizer.</summary>
    public const string OptimizerFlag = "OptimizerFlag";

    /// <summary>Adds the parameter to the others of a cmdlet.</summary>
    /// <param name="parameters">The parameters of the cmdlet that are not in its class.</param>
    /// <param name="name">The name of the parameter.</param>
    /// <param name="help">What it takes.</param>
    /// <param name="keys">The keys, or null to take any dictionary.</param>
    public static void Add(RuntimeDefinedParameterDictionary parameters, string name, string help, IReadOnlyList<TableKey>? keys)
    {
        var type = keys is { Count: > 0 } ? KeyedType.Of($"{name}Table", keys) : typeof(IDictionary);
        parameters[name] = new RuntimeDefinedParameter(name, type, new Collection<Attribute> { new ParameterAttribute { HelpMessage = help }, new ValidateNotNullAttribute() });
    }

    /// <summary>The dictionary that was given, or null.</summary>
    public static IDictionary? ValueOf(RuntimeDefinedParameterDictionary? parameters, string name) =>
        parameters is not null && parameters.TryGetValue(name, out var parameter) && parameter.IsSet ? parameter.Value as IDictionary : null;

    /// <summary>
    /// True if a cmdlet is only looked at, by a Tab key or by Get-Command, and not run: what is run is always a part of a pipeline, and a pipeline counts its commands before
    /// it binds their parameters.
    /// </summary>
    public static bool IsOnlyLookedAt(InvocationInfo invocation) => invocation.PipelineLength == 0;

    /// <summary>The flags of an operation.</summary>
    public static IReadOnlyList<TableKey> Flags(OperationDefinition operation) =>
        [.. operation.Flags.Where(f => CanBeKey(f.Name)).Select(f => new TableKey(f.Name, TypeOf(f)))];

    /// <summary>What can be set of an optimizer.</summary>
    public static IReadOnlyList<TableKey> Options(IEnumerable<(string Name, Type Value)> options) => [.. options.Where(o => CanBeKey(o.Name)).Select(o => new TableKey(o.Name, o.Value))];

    /// <summary>The names under which resources of an operation can be given.</summary>
    public static IReadOnlyList<TableKey> Resources(Project project, OperationDefinition operation) =>
        [.. ResourceWords.NamesOf(project, operation).Where(CanBeKey).Select(name => new TableKey(name, typeof(object)))];

    // PowerShell writes a key with certain characters in quotes, and any other bare, also one that its own grammar does not take bare.
    private static bool CanBeKey(string name) => name.Length > 0
        && !name.Contains('\'', StringComparison.Ordinal)
        && (name.AsSpan().ContainsAny(Quoted) || (!char.IsAsciiDigit(name[0]) && name.All(c => char.IsLetterOrDigit(c) || c == '_')));

    private static Type TypeOf(FlagDefinition flag) => flag.IsSecret ? typeof(System.Security.SecureString) : flag.Type switch
    {
        FlagType.Boolean => typeof(bool),
        FlagType.Int => typeof(long),
        FlagType.Float or FlagType.Number => typeof(double),
        FlagType.String or FlagType.Path or FlagType.ExistingPath => typeof(string),
        _ => flag.Default is bool or long or double or string ? flag.Default.GetType() : typeof(object),
    };
}
