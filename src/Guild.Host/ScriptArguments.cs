using System.Management.Automation.Runspaces;

namespace Guild.Host;

/// <summary>Reads the words after a script's name as <c>pwsh -File</c> does, so that a script does not notice which of the two runs it.</summary>
internal static class ScriptArguments
{
    /// <summary>
    /// <c>-Name value</c>, <c>-Name:value</c>, <c>-Switch</c> and <c>-Switch:$true</c> name a parameter; any other word is a value by position.
    /// </summary>
    internal static IEnumerable<CommandParameter> Parse(IReadOnlyList<string> words)
    {
        for (int i = 0; i < words.Count; i++)
        {
            string word = words[i];
            int colon = word.IndexOf(':', StringComparison.Ordinal);
            if (!IsName(word))
            {
                yield return new CommandParameter(null, word);
            }
            else if (colon < 0)
            {
                // PowerShell's binder pairs the name with the next value where the parameter is not a switch.
                yield return new CommandParameter(word);
            }
            else if (colon < word.Length - 1)
            {
                yield return new CommandParameter(word[..colon], ReadValue(word[(colon + 1)..]));
            }
            else if (i + 1 < words.Count)
            {
                i++;
                yield return new CommandParameter(word[..colon], words[i]);
            }
        }
    }

    // PowerShell takes the typographic dashes for a hyphen too.
    private static bool IsName(string word) => word.Length > 1 && word[0] is '-' or '\u2013' or '\u2014' or '\u2015';

    private static object ReadValue(string text) => text.ToUpperInvariant() switch
    {
        "$TRUE" => true,
        "$FALSE" => false,
        _ => text,
    };
}
