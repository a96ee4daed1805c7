using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Marketing.Stores.Backups;

/// <summary>Checks at startup that backups and erasures can be written, and not where a restore replaces everything.</summary>
internal sealed class BackupSetup(IOptions<StorageOptions> storage) : IValidateOptions<BackupOptions>
{
    public ValidateOptionsResult Validate(string? name, BackupOptions options)
    {
        var wrong = new List<ValidationResult>();
        if (!Validator.TryValidateObject(options, new ValidationContext(options), wrong, validateAllProperties: true))
        {
            return ValidateOptionsResult.Fail(wrong.Select(static one => one.ErrorMessage!));
        }

        if (string.IsNullOrWhiteSpace(options.Directory))
        {
            return ValidateOptionsResult.Success;
        }

        if (IsWithin(options.Directory, storage.Value.DataDirectory))
        {
            return ValidateOptionsResult.Fail(
                $"Backup:Directory is {options.Directory}, which is in Storage:DataDirectory: set it to a folder elsewhere, on another disk if there is one.");
        }

        try
        {
            PrivateFiles.CreateFolder(options.Directory);
            using var probe = new FileStream(
                Path.Combine(options.Directory, $".{Guid.NewGuid():N}"), FileMode.CreateNew, FileAccess.Write, FileShare.None, 1, FileOptions.DeleteOnClose);
            return ValidateOptionsResult.Success;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return ValidateOptionsResult.Fail(
                $"Backup:Directory is {options.Directory}, which is not writable ({error.Message}); set it to a writable folder.");
        }
    }

    /// <summary>Whether a folder is another one or lies in it.</summary>
    public static bool IsWithin(string folder, string other)
    {
        string from = Path.TrimEndingDirectorySeparator(Path.GetFullPath(other));
        string to = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
        return to == from || to.StartsWith(from + Path.DirectorySeparatorChar, StringComparison.Ordinal);
    }
}
