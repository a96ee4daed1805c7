using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Marketing.Stores;

/// <summary>Sets the default data directory and checks before anything starts that it can be written to.</summary>
internal sealed class StorageSetup(IHostEnvironment environment)
    : IPostConfigureOptions<StorageOptions>, IValidateOptions<StorageOptions>
{
    private const string Solution = "Marketing.sln";

    public void PostConfigure(string? name, StorageOptions options)
    {
        if (string.IsNullOrWhiteSpace(options.DataDirectory))
        {
            string root = FindSolution(AppContext.BaseDirectory) ?? environment.ContentRootPath;
            options.DataDirectory = Path.Combine(root, "data");
        }
    }

    public ValidateOptionsResult Validate(string? name, StorageOptions options)
    {
        if (!Enum.IsDefined(options.Durability))
        {
            return ValidateOptionsResult.Fail(
                $"Storage:Durability is {options.Durability}; it must be one of {string.Join(", ", Enum.GetNames<Durability>())}.");
        }

        var wrong = new List<ValidationResult>();
        if (!Validator.TryValidateObject(options, new ValidationContext(options), wrong, validateAllProperties: true))
        {
            return ValidateOptionsResult.Fail(wrong.Select(static one => one.ErrorMessage!));
        }

        try
        {
            PrivateFiles.CreateFolder(options.DataDirectory);
            using var probe = new FileStream(
                options.PathOf($".{Guid.NewGuid():N}"), FileMode.CreateNew, FileAccess.Write, FileShare.None, 1, FileOptions.DeleteOnClose);
            return ValidateOptionsResult.Success;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return ValidateOptionsResult.Fail(
                $"Storage:DataDirectory is {options.DataDirectory}, where no file can be written ({error.Message}); set it to a folder that can be made and written to.");
        }
    }

    /// <summary>Finds the solution's folder, so that all programs of a clone use the same data.</summary>
    private static string? FindSolution(string from)
    {
        for (var folder = new DirectoryInfo(from); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, Solution)))
            {
                return folder.FullName;
            }
        }

        return null;
    }
}
