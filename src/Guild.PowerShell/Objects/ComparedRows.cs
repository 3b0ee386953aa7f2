using System.Management.Automation;
using Guild.Engine.Runs.Comparing;

namespace Guild.PowerShell;

/// <summary>Makes of a comparison what scripts see: an object a run with a property for each column.</summary>
internal static class ComparedRows
{
    /// <summary>Each run, with the properties in the order of the columns.</summary>
    public static IEnumerable<PSObject> Of(RunComparison comparison)
    {
        var names = comparison.Columns.Select(NameOf).ToArray();
        foreach (var row in comparison.Rows)
        {
            var shown = new PSObject(new GuildComparedRun(row.Run.Id));
            var properties = shown.Properties;
            for (var i = 0; i < names.Length; i++)
            {
                // The names were made to differ from each other, and looking for each of them again takes most of the time of ten thousand runs.
                properties.Add(new PSNoteProperty(names[i], Value(row.Values[i])), preValidated: true);
            }

            yield return shown;
        }
    }

    /// <summary>The columns that say which run it is have names as other objects do.</summary>
    public static string NameOf(string heading) => CoreColumns.Names.Contains(heading, StringComparer.Ordinal) ? char.ToUpperInvariant(heading[0]) + heading[1..] : heading;

    private static object? Value(object? value) => value is DateTimeOffset time ? time.ToLocalTime() : Table.Value(value);
}
