using System.Management.Automation;
using System.Reflection;

namespace Guild.PowerShell.Tests.Conventions;

/// <summary>Each parameter has something to offer to the Tab key, or a reason why not.</summary>
public sealed class CompletedParameterTests
{
    // Text of the user's own: nobody knows what will be said.
    private static readonly Dictionary<string, string> FreeText = new(StringComparer.Ordinal)
    {
        ["Comment"] = "is written for this one run",
        ["BatchComment"] = "is written for this one batch",
        ["Row"] = "comes from a file or another command",
        ["Gpu"] = "is a device of the machine, and nothing is started to find them",
        ["New-GuildSpace -Minimum"] = "is a number of the user's own",
        ["New-GuildSpace -Maximum"] = "is a number of the user's own",
        ["New-GuildSpace -Initial"] = "is a number of the user's own",
        ["New-GuildSpace -Choice"] = "is a value of the user's own",
        ["User"] = "is anybody",
        ["New-GuildFile -Name"] = "is thought of for a new model",
    };

    // PowerShell completes files by itself for what has no completer.
    private static readonly string[] Paths = ["Path", "LiteralPath", "DestinationPath", "RunDirectory"];

    [Fact]
    public void Each_parameter_completes_or_cannot()
    {
        var missing = CmdletTypes.Typed.SelectMany(CmdletTypes.Parameters)
            .Where(p => !p.IsDefined(typeof(ArgumentCompleterAttribute), inherit: true) && !Paths.Contains(p.Name) && !FreeText.ContainsKey(p.Name) && !FreeText.ContainsKey(CmdletTypes.ShortNameOf(p)) && !CompletesByType(p.PropertyType))
            .Select(CmdletTypes.ShortNameOf);

        Assert.Empty(missing);
    }

    [Fact]
    public void The_exceptions_are_in_use()
    {
        var names = CmdletTypes.Typed.SelectMany(CmdletTypes.Parameters).Where(p => !p.IsDefined(typeof(ArgumentCompleterAttribute), inherit: true)).SelectMany(p => new[] { p.Name, CmdletTypes.ShortNameOf(p) }).ToHashSet(StringComparer.Ordinal);

        Assert.All(FreeText.Keys.Concat(Paths), name => Assert.Contains(name, names));
    }

    [Fact]
    public void Parameters_that_name_the_same_complete_the_same_way()
    {
        string[] names = ["Id", "Label", "Tag", "AddTag", "RemoveTag", "Project"];

        Assert.All(
            CmdletTypes.Typed.SelectMany(CmdletTypes.Parameters).Where(p => names.Contains(p.Name)).GroupBy(p => p.Name),
            group => Assert.Single(group.Select(p => p.GetCustomAttribute<ArgumentCompleterAttribute>(inherit: true)?.Type).Distinct()));
    }

    // Objects come from the pipeline or a variable, and numbers and times are the user's own.
    private static bool CompletesByType(Type type)
    {
        var bare = type.IsArray ? type.GetElementType()! : Nullable.GetUnderlyingType(type) ?? type;
        return bare.IsEnum
            || bare == typeof(SwitchParameter)
            || bare == typeof(TimeSpan)
            || (bare.IsPrimitive && bare != typeof(bool))
            || bare.Namespace == "Guild.PowerShell";
    }
}
