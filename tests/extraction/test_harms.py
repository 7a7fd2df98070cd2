"""Whose harms are that a sentence puts down to nobody, and which ordinary words tell of harms."""

import pytest

from tests.extraction.extracting import claims_in

TITLE = "Cladribine for multiple sclerosis"


def harms(*sentences: str, title: str = TITLE) -> set[tuple[str | None, str, str]]:
    claims = claims_in(*sentences, title=title)
    return {(c.subject, c.values.harm, c.certainty) for c in claims if c.topic == "safety"}


@pytest.mark.parametrize(
    ("sentence", "harm", "certainty"),
    [
        ("You may become anxious.", "Anxious", "hedged"),
        ("It can make people feel sleepy.", "Sleepy", "hedged"),
        ("You may notice a rash.", "Rash", "hedged"),
        ("Cladribine may impair your ability to drive.", "Ability to drive", "hedged"),
        ("The ban follows reports of liver failure.", "Liver failure", "stated"),
        ("The risk of infections rises with age.", "Infections", "stated"),
        ("Infections can be serious.", "Infections", "hedged"),
        ("Patients should be told about the risk of cancer with cladribine.", "Cancer", "hedged"),
        ("No harmful effects are expected.", "Harmful effects", "negated"),
    ],
)
def test_ordinary_words_tell_of_harms(sentence: str, harm: str, certainty: str) -> None:
    assert harms("Cladribine is a tablet.", sentence) == {("Cladribine", harm, certainty)}


def test_harms_beside_other_treatments_are_of_an_open_subject() -> None:
    found = harms("Cladribine was better than natalizumab.", "PML occurred in 3 patients.")

    assert found == {(None, "Progressive multifocal leukoencephalopathy", "stated")}


@pytest.mark.parametrize(
    "sentence",
    [
        "Six patients died in the placebo group.",
        "Side effects can be reported to the agency.",
        "Patients feel better.",
        "Depression is common in multiple sclerosis.",
    ],
)
def test_harms_of_others_are_left(sentence: str) -> None:
    assert not harms("Cladribine was better than natalizumab.", sentence)


@pytest.mark.parametrize("before", ["Cladribine is a tablet.", "Cladribine can cause infections."])
def test_under_another_title_harms_are_only_those_that_go_on(before: str) -> None:
    found = harms(before, "Fractures occurred in two people.", title="News of the week")

    assert found == ({(None, "Fractures", "stated")} if "cause" in before else set())


def test_they_are_the_harms_of_the_sentence_before() -> None:
    found = harms("Cladribine can cause infections.", "They include sepsis and pneumonia.")

    assert {harm for _, harm, _ in found} >= {"Sepsis", "Pneumonia"}


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Macular oedema affected 2% of patients.", {"Macular oedema"}),
        ("Persistent amenorrhoea followed treatment in 17% of women.", {"Persistent amenorrhoea"}),
        ("Blood tests sometimes show raised liver enzymes.", {"Raised liver enzymes"}),
        ("Her lymphocyte count had been severely low for years.", {"Low lymphocyte count"}),
        ("Expect a fall in white cell count of 15%.", {"Fall in white cell count of 15%"}),
        ("ALT rises were seen in 6% of patients.", {"ALT rises"}),
        ("One patient died of tuberculosis.", {"Mortality", "Tuberculosis"}),
        ("Others reported: fits (5%), nausea (5%), rash (2%).", {"Fits", "Nausea", "Rash"}),
        ("High doses have damaged the hip joint.", {"Damaged the hip joint"}),
        ("Your heart may beat more slowly.", {"Heart may beat more slowly"}),
        ("The most common is transient drowsiness (10-63%).", {"Transient drowsiness"}),
        (
            "Infusion reactions were seen in half of patients, most commonly fever and chills.",
            {"Infusion reactions", "Fever", "Chills"},
        ),
        (
            "Upper respiratory tract infection (15% vs 10%), nasopharyngitis (14% vs 10%) and oral "
            "herpes (3% vs 2%) were more common in the cladribine group.",
            {"Upper respiratory tract infection", "Nasopharyngitis", "Oral herpes"},
        ),
        ("Your heart rate will slow down after the first dose.", {"Heart rate slow down"}),
        ("Skin rashes were also known problems.", {"Skin rashes"}),
        ("Rashes and itching remain the most frequent side effects.", {"Rashes", "Itching"}),
        ("Rash (62%) and fever (45%) were the most frequent events.", {"Rash", "Fever"}),
        ("Sepsis complicated the first 30 days in 84 patients.", {"Sepsis"}),
        ("The review was prompted by reports of myocardial infarction and stroke.",
         {"Myocardial infarction", "Stroke"}),
        ("Therapy-related leukaemia has an estimated incidence of 0.8%.",
         {"Therapy-related leukaemia"}),
        ("Neutropenia occurred in 64 patients (76%), bacteraemia in 19 (23%) and sepsis in 2.",
         {"Neutropenia", "Bacteraemia", "Sepsis"}),
        ("Fatal pneumonia was seen after the label was changed.", {"Fatal pneumonia"}),
        ("A woman died of liver failure.", {"Mortality", "Liver failure"}),
        ("Very common: headache, hypertension.", {"Headache", "Hypertension"}),
        ("Anaphylaxis may arise months after the first dose.", {"Anaphylaxis"}),
        ("A single patient contracted hepatitis after years on the drug.", {"Hepatitis"}),
        ("Neutropenia has been documented in patients with autoimmune disease.", {"Neutropenia"}),
        ("Infections occurred in 30% of patients with relapsing forms of MS.", {"Infections"}),
        ("Meningitis has been reported in 3 patients with MS.", {"Meningitis"}),
        ("Lymphopenia was the most frequent haematological finding.", {"Lymphopenia"}),
        ("Malignancies were slightly more numerous in the active arm.", {"Malignancy"}),
        ("Febrile neutropenia is to be expected.", {"Febrile neutropenia"}),
        ("Half of them complained of flu-like illness.", {"Flu-like illness"}),
        ("Rare instances of hepatic injury have come to light.", {"Liver injury"}),
        (
            "Despite premedication with corticosteroids, 92% had an infusion reaction.",
            {"Infusion reactions"},
        ),
        (
            "Thyroid disorders occurred in 37% of patients, among them Graves' disease.",
            {"Thyroid disorders", "Graves' disease"},
        ),
        (
            "Many have a reaction after the first injection: fever, chills or feeling tired.",
            {"Fever", "Chills", "Feeling tired"},
        ),
        (
            "The events seen most often were somnolence (20.9%), dizziness (8.2%) and rash.",
            {"Somnolence", "Dizziness", "Rash"},
        ),
        (
            "The most common adverse reactions (at least 10%) were headache and fatigue, followed "
            "by arthralgia, vaginitis and rash.",
            {"Headache", "Fatigue", "Arthralgia", "Vaginitis", "Rash"},
        ),
        ("Rises in blood pressure should be anticipated.", {"Rises in blood pressure"}),
        ("Febrile neutropenia was almost universal.", {"Febrile neutropenia"}),
        ("A reaction came in some, consisting of flushing and palpitations.",
         {"Flushing", "Palpitations"}),
        ("Rashes and indigestion are the things people mention most.", {"Rashes", "Indigestion"}),
        ("Doctors have also described liver damage after a drip.", {"Liver damage"}),
        ("The label also carries warnings about hepatitis.", {"Hepatitis"}),
        ("Lymphocyte counts fell below 0.2 in 4%.", {"Lymphocyte counts fell"}),
        ("It can push up blood pressure.", {"Push up blood pressure"}),
        (
            "Two cases of malignant melanoma and one of basal cell carcinoma were reported.",
            {"Malignant melanoma", "Basal cell carcinoma"},
        ),
    ],
)  # fmt: skip
def test_under_the_title_of_one_drug_harms_are_of_that(sentence: str, expected: set[str]) -> None:
    found = {(who, harm) for who, harm, _ in harms("Cladribine is a tablet.", sentence)}

    assert found == {("Cladribine", harm) for harm in expected}


@pytest.mark.parametrize(
    "sentence",
    [
        "Urinary tract infections are common in people who use a catheter.",
        "People with MS have a slightly higher risk of bladder cancer.",
        "Stress and lack of sleep can make you feel tired.",
        "HPV infection can lead to cervical cancer.",
        "People who smoke have more infections.",
        "Older patients had more infections.",
        "Liver failure has been reported with a related substance.",
        "Myocarditis was reported after mRNA vaccination in one patient.",
        "One woman had a severe allergic reaction to the contrast agent used for MRI.",
        "Infections were seen mainly in smokers.",
        "Headache was reported in 12% of relatives.",
        "The rate of serious infection was 5 per 1000 person-years in the general population.",
        "Four patients had appendicitis, none related to treatment.",
        "Thirty percent of patients had hypertension at enrolment.",
        "Eight patients had hepatitis B in the past.",
        "Two patients had a stroke before the study.",
        "The comparator arm had more hair thinning.",
        "PML is a viral infection of the brain that only occurs in some people.",
        "The virus causes a rash and fever.",
        "Vaccination may cause a fever.",
        "Antihistamines can cause drowsiness.",
        "Infection delays treatment.",
        "Pregnancy, surgery or infection may bring on a relapse.",
        "Covid-19 hit the clinic hard.",
        "Untreated disease leads to disability.",
        "A fever should be reported at once.",
        "Active hepatitis B infection must be treated first.",
        "Infections are a common cause of hospital admission in people with MS.",
        "Two people in the comparison group died.",
        "One patient died in a car crash.",
        "Side effects were not seen, including headache, if the dose was low.",
        "Vaccines protect against infections.",
        "People with a fever feel weak.",
        "Depression occurs in half of patients with MS.",
        "Falls are seen in most people with MS.",
    ],
)
def test_what_is_told_beside_it_is_no_harm_of_the_drug_in_the_title(sentence: str) -> None:
    assert not harms("Cladribine is a tablet.", sentence)


def test_a_trial_against_placebo_tells_of_the_drug_in_its_title() -> None:
    found = claims_in(
        "Relapses were fewer with cladribine than with placebo.",
        "Fractures occurred in two people.",
        title=TITLE,
    )

    assert [(c.subject, c.values.harm) for c in found] == [("Cladribine", "Fractures")]


def test_a_title_on_what_comes_after_a_drug_is_about_that() -> None:
    found = claims_in("Two people developed leukaemia.", title="Leukaemia after mitoxantrone")

    assert [(c.subject, c.values.harm) for c in found] == [("Mitoxantrone", "Leukaemia")]


def test_more_with_a_drug_than_with_another_is_of_the_first() -> None:
    found = claims_in(
        "Most common adverse reactions (10% and greater than interferon beta-1a): rash, headache.",
        title="Alemtuzumab for multiple sclerosis",
    )

    assert {(c.subject, c.values.harm) for c in found} == {
        ("Alemtuzumab", "Rash"), ("Alemtuzumab", "Headache"),
    }  # fmt: skip


def test_what_eases_a_harm_in_the_next_clause_did_not_bring_it() -> None:
    sentence = "Flushing affects a third of patients, and aspirin before the dose can be tried."

    assert not harms("Cladribine is a tablet.", sentence)


def test_the_number_of_all_is_not_how_often() -> None:
    found = claims_in("Of 281 patients who underwent surgery, eight died of sepsis.", title=TITLE)

    assert {(c.values.harm, c.values.frequency) for c in found} == {
        ("Mortality", ""), ("Sepsis", ""),
    }  # fmt: skip


def test_no_commoner_than_is_denied() -> None:
    found = claims_in("Infections were no commoner with cladribine than with placebo.")

    assert [(c.certainty, c.values.comparator) for c in found] == [("negated", "placebo")]


@pytest.mark.parametrize(
    "title",
    [
        "Foralixan versus mitoxantrone",
        "Foralixan after mitoxantrone",
        "Better than mitoxantrone",
        "Kelvarim causes liver failure in mitoxantrone-experienced patients",
        "Foralixan in mitoxantrone-treated patients",
        "Foralixan as an alternative to mitoxantrone",
        "Foralixan as add-on to mitoxantrone",
        "Foralixan in people previously on mitoxantrone",
    ],
)
def test_a_title_gives_nothing_of_an_unknown_drug_to_the_one_beside_it(title: str) -> None:
    found = claims_in("Two people developed leukaemia.", title=title)

    assert not any(c.subject for c in found)


@pytest.mark.parametrize("word", ["Were", "Should", "Had", "No", "None", "Died", "Grade 3 or 4"])
def test_a_bullet_of_one_word_is_no_error(word: str) -> None:
    assert not harms("Side effects of cladribine:", word)


def test_a_denial_stands_before_all_of_its_phrase() -> None:
    sentence = "No second-degree or higher atrioventricular block was observed."

    assert {c for _, _, c in harms("Cladribine is a tablet.", sentence)} == {"negated"}


def test_lower_levels_are_the_harm_and_no_less_of_it() -> None:
    found = claims_in("The drug can harm a fetus and lower levels of immunoglobulins.", title=TITLE)

    assert {c.values.effect_direction for c in found} == {"worse"}


def test_with_a_figure_for_each_arm_none_is_that_of_both() -> None:
    sentence = (
        "In a comparison with dimethyl fumarate, nausea was reported by 35% of patients on "
        "diroximel fumarate and 49% on dimethyl fumarate."
    )
    found = claims_in(sentence)

    assert {(c.subject, c.values.effect_direction, c.values.frequency) for c in found} == {
        ("Diroximel fumarate", "better", ""), ("Dimethyl fumarate", "worse", ""),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("sentence", "certainty"),
    [
        ("Cladribine has not been found to harm the heart.", "negated"),
        ("Cladribine can slow your heartbeat, so you will be asked to stay.", "hedged"),
        ("Cladribine left her with mouth ulcers, no hair and a blood infection.", "stated"),
    ],
)
def test_what_was_found_and_what_follows_colour_no_harm(sentence: str, certainty: str) -> None:
    assert {c for _, _, c in harms(sentence)} == {certainty}


@pytest.mark.parametrize(
    ("sentence", "often"),
    [
        ("About one person in three gets flushing.", "About one person in three"),
        ("About 16 out of 100 people have a rash.", "About 16 out of 100 people"),
        ("Liver injury, sometimes life-threatening, was seen.", ""),
    ],
)
def test_how_often_is_told_whole(sentence: str, often: str) -> None:
    found = claims_in("Cladribine is a tablet.", sentence, title=TITLE)

    assert {c.values.frequency for c in found} == {often}


def test_a_title_may_tell_of_people_treated_with_it() -> None:
    found = claims_in(
        "Two people developed leukaemia.", title="Leukaemia in mitoxantrone-treated patients"
    )

    assert [c.subject for c in found] == ["Mitoxantrone"]


@pytest.mark.parametrize(
    "sentence",
    [
        "No deaths occurred in the placebo group, while three occurred with alemtuzumab.",
        "No seizures were seen with placebo, but two were seen with fampridine.",
        "An earlier paper reporting that cladribine caused liver failure was retracted.",
        "Reports that natalizumab causes melanoma were debunked.",
        "Patients on background ocrelizumab given foralixan developed hepatitis.",
        "Patients receiving interferon beta who were given foralixan developed macular oedema.",
        "Among natalizumab-treated patients, adding foralixan caused seizures.",
    ],
)
def test_what_may_be_of_the_other_one_is_left(sentence: str) -> None:
    assert not harms(sentence, title="News on multiple sclerosis")


@pytest.mark.parametrize(
    ("sentence", "certainty"),
    [
        ("It is not the case that fingolimod causes headache.", "negated"),
        ("It cannot be excluded that cladribine causes cancer.", "hedged"),
        ("Infections occurred in 0% of natalizumab patients.", "negated"),
        ("Infections occurred in 10% of natalizumab patients.", "stated"),
        ("Ofatumumab hardly ever caused infections.", "negated"),
        ("No deaths occurred with placebo and three deaths occurred with ozanimod.", "stated"),
        ("The ocrelizumab biosimilar candidate caused fever.", "stated"),
    ],
)
def test_denied_twice_or_hardly(sentence: str, certainty: str) -> None:
    assert {c for _, _, c in harms(sentence, title="News on multiple sclerosis")} == {certainty}
