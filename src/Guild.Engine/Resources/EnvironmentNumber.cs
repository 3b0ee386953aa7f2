using System.Globalization;

namespace Guild.Engine.Resources;

/// <summary>Limits that a user sets by environment variables.</summary>
internal static class EnvironmentNumber
{
    /// <summary>The value of a variable; null if it is not set. Raises <see cref="RequestException"/> for what is no whole number above zero.</summary>
    public static long? Read(IReadOnlyDictionary<string, string> environment, string name)
    {
        if (!environment.TryGetValue(name, out var text) || text.Length == 0)
        {
            return null;
        }

        return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0
            ? number
            : throw new RequestException(
                $"The environment variable {name} is '{text}', which is no whole number above zero.", name, "Correct it, or remove it.");
    }
}
