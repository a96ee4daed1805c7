using Marketing.Evaluation.Data;

namespace Marketing.Evaluation.Experiments;

/// <summary>Translates a data set into experiments. What a data set means in the product's terms is decided here and nowhere else.</summary>
internal interface IExperimentSource
{
    /// <summary>The data set's name on the command line.</summary>
    string Name { get; }

    /// <summary>Reads the data set; several experiments (e.g. one a seed) are averaged.</summary>
    /// <param name="data">Where it is.</param>
    /// <param name="split">The file to test on; null: the data set's own default.</param>
    /// <exception cref="EvaluationException">A file is missing or is not in the format.</exception>
    IEnumerable<Experiment> Load(DataFolder data, string? split);
}
