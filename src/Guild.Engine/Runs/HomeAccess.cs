namespace Guild.Engine.Runs;

/// <summary>Does what reads or writes the folders of a home, so that what goes wrong names the folder.</summary>
internal static class HomeAccess
{
    public static void Do(string path, Action action) => Do(path, () =>
    {
        action();
        return true;
    });

    public static T Do<T>(string path, Func<T> action)
    {
        try
        {
            return action();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new HomeException(path, $"'{path}' cannot be used: {error.Message}", inner: error);
        }
    }
}
