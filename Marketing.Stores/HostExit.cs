using Microsoft.Extensions.Options;

namespace Marketing.Stores;

/// <summary>How a program of the product ends when it cannot be started as it is configured.</summary>
public static class HostExit
{
    private const int CannotStart = 2;

    /// <summary>Runs the program; what only an operator can mend becomes one sentence on the standard error.</summary>
    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(Func<Task> program)
    {
        ArgumentNullException.ThrowIfNull(program);
        try
        {
            await program();
            return 0;
        }
        catch (Exception exception) when (exception is OptionsValidationException or StoreStartupException or IOException)
        {
            // IOException: an address that is taken, or a file.
            return await FailAsync(exception.Message);
        }
    }

    /// <summary>Says why it cannot be started.</summary>
    /// <returns>The exit code.</returns>
    public static async Task<int> FailAsync(string sentence)
    {
        await Console.Error.WriteLineAsync(sentence);
        return CannotStart;
    }
}
