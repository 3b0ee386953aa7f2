using System.Management.Automation;
using System.Text;
using System.Xml;
using System.Xml.Linq;

namespace Guild.HelpBuilder;

/// <summary>Writes help in MAML, the form that <c>Get-Help</c> reads.</summary>
internal static class MamlWriter
{
    private static readonly XNamespace Help = "http://msh";
    private static readonly XNamespace Maml = "http://schemas.microsoft.com/maml/2004/10";
    private static readonly XNamespace Command = "http://schemas.microsoft.com/maml/dev/command/2004/10";
    private static readonly XNamespace Dev = "http://schemas.microsoft.com/maml/dev/2004/10";

    /// <summary>Writes the pages of all cmdlets into one file.</summary>
    internal static void Write(string path, IEnumerable<(CmdletPage Page, CmdletInfo Cmdlet)> entries)
    {
        var root = new XElement(
            Help + "helpItems",
            new XAttribute("schema", "maml"),
            new XAttribute(XNamespace.Xmlns + "maml", Maml),
            new XAttribute(XNamespace.Xmlns + "command", Command),
            new XAttribute(XNamespace.Xmlns + "dev", Dev),
            entries.Select(entry => CommandElement(entry.Page, entry.Cmdlet)));
        var settings = new XmlWriterSettings { Indent = true, Encoding = new UTF8Encoding(false), NewLineChars = "\n" };
        using XmlWriter writer = XmlWriter.Create(path, settings);
        root.Save(writer);
    }

    private static XElement CommandElement(CmdletPage page, CmdletInfo cmdlet) => new(
        Command + "command",
        new XElement(
            Command + "details",
            new XElement(Command + "name", cmdlet.Name),
            new XElement(Command + "verb", cmdlet.Verb),
            new XElement(Command + "noun", cmdlet.Noun),
            Description(page.Synopsis)),
        Description(page.Description),
        new XElement(Command + "syntax", cmdlet.ParameterSets.Select(set => SyntaxItem(page, cmdlet, set))),
        new XElement(Command + "parameters", Parameters(cmdlet).Select(parameter => ParameterElement(page, parameter))),
        new XElement(Command + "inputTypes", page.Inputs.Select(input => new XElement(Command + "inputType", TypeElement(input.Type), Description(input.Text)))),
        new XElement(Command + "returnValues", page.Outputs.Select(output => new XElement(Command + "returnValue", TypeElement(output.Type), Description(output.Text)))),
        new XElement(Maml + "alertSet", new XElement(Maml + "alert", Paragraphs(page.Notes))),
        new XElement(Command + "examples", page.Examples.Select(ExampleElement)),
        new XElement(Command + "relatedLinks", page.Links.Select(LinkElement)));

    private static XElement SyntaxItem(CmdletPage page, CmdletInfo cmdlet, CommandParameterSetInfo set) => new(
        Command + "syntaxItem",
        new XElement(Maml + "name", cmdlet.Name),
        set.Parameters
            .Where(parameter => IsShown(parameter, set))
            .OrderBy(parameter => parameter.Position < 0 ? int.MaxValue : parameter.Position)
            .ThenByDescending(parameter => parameter.IsMandatory)
            .Select(parameter => ParameterElement(page, parameter)));

    // The same parameter can differ from set to set; the details show it as the set that asks most of it has it.
    private static IEnumerable<CommandParameterInfo> Parameters(CmdletInfo cmdlet) => cmdlet.ParameterSets
        .SelectMany(set => set.Parameters.Where(parameter => IsShown(parameter, set)))
        .GroupBy(parameter => parameter.Name, StringComparer.OrdinalIgnoreCase)
        .Select(group => group.OrderByDescending(parameter => parameter.IsMandatory).First())
        .OrderBy(parameter => parameter.Name, StringComparer.OrdinalIgnoreCase);

    private static bool IsShown(CommandParameterInfo parameter, CommandParameterSetInfo set) =>
        !Cmdlet.CommonParameters.Contains(parameter.Name, StringComparer.OrdinalIgnoreCase)
        && !parameter.Attributes.OfType<ParameterAttribute>().Any(attribute => attribute.DontShow && (attribute.ParameterSetName == set.Name || attribute.ParameterSetName == ParameterAttribute.AllParameterSets));

    private static XElement ParameterElement(CmdletPage page, CommandParameterInfo parameter)
    {
        IReadOnlyList<string> text = page.Parameters.GetValueOrDefault(parameter.Name, []);
        bool isSwitch = parameter.ParameterType == typeof(SwitchParameter);
        return new XElement(
            Command + "parameter",
            new XAttribute("required", parameter.IsMandatory),
            new XAttribute("variableLength", parameter.ParameterType.IsArray),
            new XAttribute("globbing", parameter.Attributes.OfType<SupportsWildcardsAttribute>().Any()),
            new XAttribute("pipelineInput", PipelineInput(parameter)),
            new XAttribute("position", parameter.Position < 0 ? "named" : parameter.Position),
            new XAttribute("aliases", parameter.Aliases.Count == 0 ? "none" : string.Join(", ", parameter.Aliases)),
            new XElement(Maml + "name", parameter.Name),
            Description(text),
            isSwitch ? null : ValueGroup(parameter.ParameterType),
            isSwitch ? null : new XElement(Command + "parameterValue", new XAttribute("required", true), new XAttribute("variableLength", parameter.ParameterType.IsArray), TypeName(parameter.ParameterType)),
            TypeElement(TypeName(parameter.ParameterType)),
            new XElement(Dev + "defaultValue", isSwitch ? "False" : "None"));
    }

    private static XElement? ValueGroup(Type type)
    {
        Type element = Nullable.GetUnderlyingType(type) ?? (type.IsArray ? type.GetElementType()! : type);
        return element.IsEnum
            ? new XElement(Command + "parameterValueGroup", Enum.GetNames(element).Select(name => new XElement(Command + "parameterValue", new XAttribute("required", false), name)))
            : null;
    }

    private static string PipelineInput(CommandParameterInfo parameter) => (parameter.ValueFromPipeline, parameter.ValueFromPipelineByPropertyName) switch
    {
        (true, true) => "True (ByValue, ByPropertyName)",
        (true, false) => "True (ByValue)",
        (false, true) => "True (ByPropertyName)",
        _ => "False",
    };

    private static string TypeName(Type type)
    {
        Type bare = Nullable.GetUnderlyingType(type) ?? type;
        return bare.IsArray ? TypeName(bare.GetElementType()!) + "[]" : bare.Name;
    }

    private static XElement ExampleElement(PageExample example, int index) => new(
        Command + "example",
        new XElement(Maml + "title", $"Example {index + 1}: {example.Title}"),
        new XElement(Dev + "code", example.Code),
        new XElement(Dev + "remarks", Paragraphs(example.Remarks)));

    private static XElement LinkElement(PageLink link) =>
        new(Maml + "navigationLink", new XElement(Maml + "linkText", link.Text), new XElement(Maml + "uri", link.Address));

    private static XElement TypeElement(string name) => new(Dev + "type", new XElement(Maml + "name", name), new XElement(Maml + "uri"));

    private static XElement Description(IReadOnlyList<string> text) => new(Maml + "description", Paragraphs(text));

    private static IEnumerable<XElement> Paragraphs(IReadOnlyList<string> text) => text.Select(paragraph => new XElement(Maml + "para", paragraph));
}
