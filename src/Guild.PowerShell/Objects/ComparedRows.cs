using System.Management.Automation;
using Guild.Engine.Runs.Comparing;

namespace Guild.PowerShell;

/// <summary>Makes of a comparison what scripts see: an object a run with a property for each column.</summary>
internal static class ComparedRows
{
    /// <summary>Each run, with the properties in the order of the columns.</summary>
    public static IEnumerable<PSObject> Of(RunComparison comparison)
    {
        var names = Names(comparison);
        var display = comparison.CoreCount < CoreColumns.Names.Count ? DisplayOf(names) : null;
        foreach (var row in comparison.Rows)
        {
            var shown = new PSObject(new GuildComparedRun(row.Run.Id));
            if (display is not null)
            {
                shown.TypeNames.Remove(typeof(GuildComparedRun).FullName!);
                shown.Members.Add(display);
            }

            var properties = shown.Properties;
            for (var i = 0; i < names.Length; i++)
            {
                // The names were made to differ from each other, and looking for each of them again takes most of the time of ten thousand runs.
                properties.Add(new PSNoteProperty(names[i], Value(row.Values[i])), preValidated: true);
            }

            yield return shown;
        }
    }

    /// <summary>The names of the properties. Core columns have names as those of other objects.</summary>
    public static string[] Names(RunComparison comparison) =>
        [.. comparison.Columns.Select((heading, at) => at < comparison.CoreCount ? char.ToUpperInvariant(heading[0]) + heading[1..] : heading)];

    // The view of the type shows the core columns. Without them the columns that were asked for are what is shown.
    private static PSMemberSet DisplayOf(string[] names) => new("PSStandardMembers", [new PSPropertySet("DefaultDisplayPropertySet", names)]);

    private static object? Value(object? value) => value is DateTimeOffset time ? time.ToLocalTime() : Table.Value(value);
}
