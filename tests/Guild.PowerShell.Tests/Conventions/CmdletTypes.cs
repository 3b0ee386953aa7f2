using System.Management.Automation;
using System.Reflection;
using Guild.PowerShell.Tests.Hosting;

namespace Guild.PowerShell.Tests.Conventions;

/// <summary>The types of the staged module, found by reflection.</summary>
internal static class CmdletTypes
{
    private static readonly Lazy<Assembly> Module = new(() =>
    {
        using var session = new ModuleSession();
        return AppDomain.CurrentDomain.GetAssemblies().Single(a => a.GetName().Name == "Guild.PowerShell");
    });

    internal static Assembly Assembly => Module.Value;

    internal static IReadOnlyList<Type> Cmdlets { get; } = [.. Module.Value.GetTypes().Where(t => t.IsDefined(typeof(CmdletAttribute), inherit: false))];

    /// <summary>The cmdlets that users type: the one behind the guild function is not among them.</summary>
    internal static IReadOnlyList<Type> Typed { get; } = [.. Cmdlets.Where(t => t.Name != "InvokeGuildCommandCommand")];

    internal static CmdletAttribute Attribute(Type cmdlet) => cmdlet.GetCustomAttribute<CmdletAttribute>()!;

    internal static string NameOf(Type cmdlet) => $"{Attribute(cmdlet).VerbName}-{Attribute(cmdlet).NounName}";

    internal static IEnumerable<PropertyInfo> Parameters(Type cmdlet) => cmdlet.GetProperties().Where(p => p.IsDefined(typeof(ParameterAttribute), inherit: true));

    internal static IEnumerable<ParameterAttribute> Attributes(PropertyInfo parameter) => (IEnumerable<ParameterAttribute>)parameter.GetCustomAttributes(typeof(ParameterAttribute), inherit: false);

    internal static string ShortNameOf(PropertyInfo parameter) => $"{NameOf(parameter.ReflectedType!)} -{parameter.Name}";

    /// <summary>The parameter sets of a cmdlet, each with its parameters.</summary>
    internal static IEnumerable<(string Set, IReadOnlyList<(PropertyInfo Property, ParameterAttribute Attribute)> Parameters)> Sets(Type cmdlet)
    {
        var all = Parameters(cmdlet).SelectMany(p => Attributes(p).Select(a => (Property: p, Attribute: a))).ToList();
        var names = all.Select(a => a.Attribute.ParameterSetName).Where(n => n != ParameterAttribute.AllParameterSets).Distinct().DefaultIfEmpty(ParameterAttribute.AllParameterSets);
        return names.Select(n => (n, (IReadOnlyList<(PropertyInfo, ParameterAttribute)>)[.. all.Where(a => a.Attribute.ParameterSetName == n || a.Attribute.ParameterSetName == ParameterAttribute.AllParameterSets)]));
    }
}
