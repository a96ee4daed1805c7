using System.Text.Json;

namespace Marketing.Benchmarks.Vectors;

/// <summary>Reads real short texts: the training splits of BANKING77 (CSV) and CLINC150 (JSON).</summary>
internal static class Corpus
{
    /// <summary>The folder given by <c>--data</c>, else <c>shared/data</c> next to the repository or above it.</summary>
    public static string Find(string[] args)
    {
        int option = Array.IndexOf(args, "--data");
        if (option >= 0 && option + 1 < args.Length)
        {
            return args[option + 1];
        }

        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            string data = Path.Combine(folder.FullName, "shared", "data");
            if (Directory.Exists(Path.Combine(data, "banking77")))
            {
                return data;
            }
        }

        throw new DirectoryNotFoundException("No data set found; name its folder with --data.");
    }

    public static List<string> Read(string folder)
    {
        var texts = new List<string>();
        foreach (string line in File.ReadLines(Path.Combine(folder, "banking77", "train.csv")).Skip(1))
        {
            int category = line.LastIndexOf(',');
            if (category > 0)
            {
                texts.Add(line[..category].Trim('"'));
            }
        }

        using var clinc = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, "clinc150", "train_val.json")));
        texts.AddRange(clinc.RootElement.GetProperty("train").EnumerateArray().Select(pair => pair[0].GetString()!));
        return texts;
    }
}
